// Boyer-Moore-Horspool: a batch of 1,000 changes is searched for one id in a few microseconds,
// where reading it into changes takes milliseconds.
// Source: R. N. Horspool, "Practical fast searching in strings", 1980.

/// Looks for one run of bytes in others.
package struct ByteSearch {
    private let needle: [UInt8]
    /// How far the needle may move on, by the byte under its end.
    private let moves: [Int]

    /// - Parameter text: not empty.
    package init(_ text: String) {
        needle = Array(text.utf8)
        precondition(!needle.isEmpty, "nothing to look for")
        var moves = [Int](repeating: needle.count, count: 256)
        for (index, byte) in needle.dropLast().enumerated() {
            moves[Int(byte)] = needle.count - 1 - index
        }
        self.moves = moves
    }

    package func isFound(in bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { hay in
            moves.withUnsafeBufferPointer { moves in
                needle.withUnsafeBufferPointer { needle in
                    Self.search(hay, needle, moves)
                }
            }
        }
    }

    private static func search(
        _ hay: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>,
        _ moves: UnsafeBufferPointer<Int>
    ) -> Bool {
        let last = needle.count - 1
        var end = last
        while end < hay.count {
            var back = 0
            while back <= last, hay[end - back] == needle[last - back] { back += 1 }
            if back > last { return true }
            end += moves[Int(hay[end])]
        }
        return false
    }
}
