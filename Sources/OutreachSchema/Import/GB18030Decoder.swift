/// Turns GB 18030 (and so GBK and GB 2312) into UTF-8.
///
/// Own tables, since the C library's converter needs files that a small system may not have.
enum GB18030Decoder {
    /// The text as UTF-8, or nil if some byte is none of this encoding.
    static func decode(_ bytes: [UInt8]) -> [UInt8]? {
        let tables = GB18030Tables.shared
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 3 / 2)
        var index = 0
        while index < bytes.count {
            let first = bytes[index]
            if first < 0x80 {
                out.append(first)
                index += 1
                continue
            }
            guard let (scalar, length) = tables.scalar(in: bytes, at: index) else { return nil }
            out.append(contentsOf: UTF8.encode(scalar)!)
            index += length
        }
        return out
    }
}

extension GB18030Tables {
    /// The character of two or four bytes at `index`.
    func scalar(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar, length: Int)? {
        guard (0x81...0xFE).contains(bytes[index]), index + 1 < bytes.count else { return nil }
        let row = Int(bytes[index]) - 0x81
        switch bytes[index + 1] {
        case let second where (0x40...0xFE).contains(second) && second != 0x7F:
            let place = Int(second) - (second < 0x7F ? 0x40 : 0x41)
            return Unicode.Scalar(doubleByte[row * Self.rowLength + place]).map { ($0, 2) }
        case let second where (0x30...0x39).contains(second):
            guard index + 3 < bytes.count, (0x81...0xFE).contains(bytes[index + 2]),
                (0x30...0x39).contains(bytes[index + 3])
            else { return nil }
            let pairs = (row * 10 + Int(second) - 0x30) * 126 + Int(bytes[index + 2]) - 0x81
            return fourByteScalar(pairs * 10 + Int(bytes[index + 3]) - 0x30).map { ($0, 4) }
        default: return nil
        }
    }

    /// The four-byte codes of the further planes start at 90308130.
    private func fourByteScalar(_ linear: Int) -> Unicode.Scalar? {
        let supplementary = 15 * 10 * 126 * 10
        if linear < fourByte.count { return Unicode.Scalar(fourByte[linear]) }
        guard linear >= supplementary else { return nil }
        return Unicode.Scalar(UInt32(linear - supplementary + 0x10000))
    }
}
