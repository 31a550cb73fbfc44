import Foundation

/// Damages good input, as a bad line, a bad disk or an attacker would.
///
/// The same seed damages in the same way: `FUZZ_SEED` runs one again, `FUZZ` says how many inputs
/// (`make fuzz`).
public struct Fuzzer {
    /// Inputs of one test.
    public static let count = number("FUZZ") ?? 20_000
    private static let firstSeed = number("FUZZ_SEED") ?? 1
    /// What parsers stumble over.
    private static let words = [
        "{", "}", "[", "]", "\"", "\\", "\\ud800", "\\u0000", "\0", "null", "-0", "1e999", "1E400",
        "9223372036854775808", "18446744073709551616", "-1", "0.1", "\u{feff}", "é", "e\u{301}",
        "😀",
        ",", ":", ";", "\t", "\r", "\n", "\r\n", "- ", "#", "&", "<", "]]>", "%", "=", "/", "../",
        "\u{1b}[",
        "{\"a\":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "00000000000000000000000000000000",
    ].map { Array($0.utf8) }

    private let corpus: [[UInt8]]

    public init(_ corpus: [[UInt8]]) {
        self.corpus = corpus
    }

    /// Hands damaged inputs to a parser, which may refuse them; what it does to the process is the
    /// test.
    ///
    /// - Parameter body: parses; returns whether it took the input.
    /// - Returns: how many were taken.
    @discardableResult
    public func run(_ count: Int = Fuzzer.count, _ body: ([UInt8]) throws -> Void) -> Int {
        var taken = 0
        for seed in 0..<count {
            let input = self.input(Self.firstSeed + seed)
            do {
                try body(input)
                taken += 1
            } catch {}
        }
        return taken
    }

    /// The input of one seed.
    public func input(_ seed: Int) -> [UInt8] {
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = corpus.randomElement(using: &random) ?? []
        for _ in 0...Int.random(in: 0...3, using: &random) { damage(&bytes, &random) }
        return bytes
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...16, using: &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0 where start < bytes.count:
            bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1 where start < bytes.count: bytes[start] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.removeSubrange(start..<end)
        case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 4: bytes.replaceSubrange(start..<end, with: Self.words.randomElement(using: &random)!)
        case 5: bytes.insert(contentsOf: Self.words.randomElement(using: &random)!, at: start)
        case 6: bytes.removeSubrange(start...)
        default:
            let other = corpus.randomElement(using: &random) ?? []
            let cut = Int.random(in: 0...other.count, using: &random)
            bytes.replaceSubrange(start..., with: other[cut...])
        }
    }

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }
}
