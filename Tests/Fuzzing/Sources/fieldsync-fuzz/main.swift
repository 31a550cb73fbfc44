// fieldsync-fuzz readers                     the names of the readers
// fieldsync-fuzz seeds READER DIR FROM…      good input, a file each, from vectors and fixtures
// fieldsync-fuzz READER [libFuzzer's options and folders]

import CFuzzer
import Foundation
import SyncCore

nonisolated(unsafe) var read: ([UInt8]) throws -> Void = { _ in }

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "readers"?: print(readers.keys.sorted().joined(separator: "\n"))
case "seeds"? where arguments.count > 3:
    guard let reader = readers[arguments[1]] else { exit(2) }
    try writeSeeds(reader, from: Array(arguments[3...]), to: arguments[2])
case let name?:
    guard let reader = readers[name] else {
        print("no such reader: \(name)")
        exit(2)
    }
    read = reader
    // The reader's name is not libFuzzer's.
    var words: [UnsafeMutablePointer<CChar>?] =
        ([CommandLine.arguments[0]] + arguments.dropFirst()).map { strdup($0) } + [nil]
    var count = Int32(words.count - 1)
    let status = words.withUnsafeMutableBufferPointer { buffer -> Int32 in
        var start = buffer.baseAddress
        return LLVMFuzzerRunDriver(&count, &start) { data, size in
            try? read(Array(UnsafeBufferPointer(start: data, count: size)))
            return 0
        }
    }
    exit(status)
case nil:
    print("fieldsync-fuzz readers | seeds READER DIR FROM… | READER [options] [folders]")
    exit(2)
}
