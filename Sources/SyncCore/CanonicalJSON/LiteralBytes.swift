extension [UInt8] {
    /// Appends a literal's bytes at once; `+= "…".utf8` goes through them one by one.
    @inline(__always)
    package mutating func append(literal: StaticString) {
        append(
            contentsOf: UnsafeBufferPointer(
                start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Appends a text's bytes at once.
    @inline(__always)
    package mutating func append(utf8 text: String) {
        var copy = text
        copy.withUTF8 { append(contentsOf: $0) }
    }
}
