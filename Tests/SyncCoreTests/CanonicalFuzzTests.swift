import Foundation
import SyncCore
import TestSupport
import Testing

/// The hand-written codec against Foundation's, and against noise.
@Suite struct CanonicalFuzzTests {
    private func tree(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(random.oneIn(2))
        case 2: return .number(number(&random))
        case 3: return .string(text(&random))
        case 4:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    tree(&random, depth: depth + 1)
                })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                members["k\(Int.random(in: 0...99, using: &random))"] = tree(
                    &random, depth: depth + 1)
            }
            return .object(members)
        }
    }

    private func number(_ random: inout SeededGenerator) -> Double {
        let value = Double(bitPattern: random.next())
        let small = Double(Int.random(in: -1_000...1_000, using: &random)) / 8
        return value.isFinite && random.oneIn(2) && value != 0 ? value : small
    }

    private func text(_ random: inout SeededGenerator) -> String {
        let pool: [Unicode.Scalar] = [
            "a", "\"", "\\", "\n", "\u{1}", "é", "店", "😀", "\u{301}", "\u{2028}",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            text.unicodeScalars.append(pool.randomElement(using: &random)!)
        }
        return text
    }

    @Test(arguments: 1...300)
    func writer_anyTree_foundationReadsTheSame(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let made = tree(&random, depth: 0)
        let bytes = CanonicalJSON.bytes(made)
        #expect(try JSONParser.parse(bytes) == made)
        let read = try JSONSerialization.jsonObject(
            with: Data(bytes), options: [.fragmentsAllowed])
        let again = try JSONSerialization.data(
            withJSONObject: read, options: [.fragmentsAllowed, .sortedKeys])
        #expect(try JSONParser.parse(Array(again)) == made, "seed \(seed)")
        #expect(CanonicalReader.fault(of: bytes) == nil)
    }

    @Test(arguments: 1...300)
    func readers_mutatedBytes_neverCrashAndAgreeOnCanonicalForm(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed) &* 77)
        var bytes = CanonicalJSON.bytes(tree(&random, depth: 0))
        for _ in 0...Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: index)
            }
        }
        let strict = CanonicalReader.fault(of: bytes) == nil
        let parsed = try? JSONParser.parse(bytes)
        // What the strict reader takes is just what the writer would write.
        #expect(
            strict == (parsed.map { CanonicalJSON.bytes($0) == bytes } ?? false), "seed \(seed)")
    }
}
