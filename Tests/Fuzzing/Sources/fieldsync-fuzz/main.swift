// fieldsync-fuzz readers                     the names of the readers
// fieldsync-fuzz seeds READER VECTORS DIR    good input from the vectors, a file each
// fieldsync-fuzz READER [libFuzzer's options and folders]

import CFuzzer
import Foundation
import SyncCore

nonisolated(unsafe) var read: ([UInt8]) throws -> Void = { _ in }

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "readers"?: print(readers.keys.sorted().joined(separator: "\n"))
case "seeds"? where arguments.count == 4:
    guard let reader = readers[arguments[1]] else { exit(2) }
    try writeSeeds(reader, vectors: arguments[2], to: arguments[3])
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
    print("fieldsync-fuzz readers | seeds READER VECTORS DIR | READER [options] [folders]")
    exit(2)
}

/// Every object and text of the vectors that a reader takes.
func writeSeeds(
    _ reader: ([UInt8]) throws -> Void, vectors: String, to folder: String
) throws {
    var found: Set<[UInt8]> = []
    func collect(_ value: JSONValue) {
        switch value {
        case .object(let members):
            found.insert(CanonicalJSON.bytes(value))
            for member in members.values { collect(member) }
        case .array(let items):
            found.insert(CanonicalJSON.bytes(value))
            for item in items { collect(item) }
        case .string(let text): found.insert(Array(text.utf8))
        default: break
        }
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: vectors)
    where name.hasSuffix(".json") {
        let bytes = try Data(contentsOf: URL(filePath: "\(vectors)/\(name)"))
        if let value = try? JSONParser.parse(Array(bytes)) { collect(value) }
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let good = found.filter { $0.count <= 6_000 && (try? reader($0)) != nil }
        .sorted { $0.lexicographicallyPrecedes($1) }
    for (index, bytes) in good.enumerated() {
        try Data(bytes).write(to: URL(filePath: "\(folder)/seed-\(index)"))
    }
    print("\(good.count) seeds")
}
