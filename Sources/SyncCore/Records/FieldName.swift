/// Names of collections and fields: `[a-z_][a-z0-9_]{0,31}`.
public enum FieldName {
    /// The register that says whether a record is deleted.
    public static let deleted = "_deleted"
    /// Longest name in bytes.
    public static let lengthLimit = 32

    public static func isValid(_ name: String) -> Bool {
        var copy = name
        return copy.withUTF8 { isValid(UnsafeRawBufferPointer($0)) }
    }

    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first, bytes.count <= lengthLimit else { return false }
        guard isLetter(first) else { return false }
        for index in 1..<bytes.count {
            let byte = bytes[index]
            guard isLetter(byte) || (byte >= 0x30 && byte <= 0x39) else { return false }
        }
        return true
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || byte == 0x5F
    }
}

extension CanonicalReader {
    /// Whether the bytes at `range` are a valid collection or field name.
    @inline(__always)
    public func isName(_ range: Range<Int>) -> Bool {
        FieldName.isValid(slice(range))
    }
}
