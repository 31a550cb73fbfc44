import CommandKit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// Character sets that the system's converter knows: those that have no tables of their own here.
enum CharacterSet {
    /// - Throws: `CommandFailure` for a set that the system does not know, and for bytes that are
    ///   none of it.
    static func utf8(_ bytes: [UInt8], from name: String) throws -> [UInt8] {
        let converter = iconv_open("UTF-8", name)
        guard converter != iconv_t(bitPattern: -1) else { throw unknown(name) }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // A character of two bytes takes at most four in UTF-8.
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        var (inputLeft, outputLeft) = (input.count, output.count)
        let isWhole = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, to) = (input.baseAddress, output.baseAddress)
                return iconv(converter, &from, &inputLeft, &to, &outputLeft) != -1
            }
        }
        guard isWhole, inputLeft == 0 else {
            throw CommandFailure(
                "file_encoding", Messages.fieldDesk.notInEncoding.text(["name": name]),
                mend: Messages.fieldDesk.notInEncodingMend.text())
        }
        return output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
    }

    private static func unknown(_ name: String) -> CommandFailure {
        CommandFailure(
            "encoding_unknown", Messages.fieldDesk.encodingUnknown.text(["name": name]),
            mend: Messages.fieldDesk.encodingUnknownMend.text(), status: .usage)
    }
}
