/// Lower-case hexadecimal text, both ways. Upper case is refused: one value has one text.
public enum Hex {
    /// Lower-case hex of `bytes`, two digits each.
    public static func text(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            var index = 0
            for byte in bytes {
                buffer[index] = digit(byte >> 4)
                buffer[index + 1] = digit(byte & 15)
                index += 2
            }
            return index
        }
    }

    /// The bytes of lower-case hex text; nil if any character is another or the count is odd.
    public static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var text = String(text)
        return text.withUTF8 { digits -> [UInt8]? in
            guard digits.count.isMultiple(of: 2) else { return nil }
            var isHex = true
            let bytes = [UInt8](unsafeUninitializedCapacity: digits.count / 2) { out, count in
                for index in 0..<digits.count / 2 {
                    guard let high = value(digits[2 * index]),
                        let low = value(digits[2 * index + 1])
                    else {
                        isHex = false
                        return
                    }
                    out[index] = high << 4 | low
                    count += 1
                }
            }
            return isHex ? bytes : nil
        }
    }

    /// Writes the lowest `digits` hex digits of `number` at `target`.
    static func write(_ number: UInt64, digits: Int, to target: UnsafeMutablePointer<UInt8>) {
        for index in 0..<digits {
            let shift = UInt64((digits - 1 - index) * 4)
            target[index] = digit(UInt8(truncatingIfNeeded: number >> shift) & 15)
        }
    }

    /// Appends the 16 hex digits of `number`.
    static func append(_ number: UInt64, to out: inout [UInt8]) {
        let digits = (
            eight(UInt32(truncatingIfNeeded: number >> 32)).bigEndian,
            eight(UInt32(truncatingIfNeeded: number)).bigEndian
        )
        withUnsafeBytes(of: digits) { out.append(contentsOf: $0) }
    }

    /// Eight hex digits in ASCII, the first in the highest byte: the nibbles are spread over the
    /// bytes, and each byte becomes its digit without a branch.
    private static func eight(_ number: UInt32) -> UInt64 {
        var spread = UInt64(number)
        spread = (spread << 16 | spread) & 0x0000_FFFF_0000_FFFF
        spread = (spread << 8 | spread) & 0x00FF_00FF_00FF_00FF
        spread = (spread << 4 | spread) & 0x0F0F_0F0F_0F0F_0F0F
        // 1 in each byte that holds a letter.
        let letters = (spread + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return spread + 0x3030_3030_3030_3030 + letters * 0x27
    }

    /// 16 lower-case hex digits at the start of `bytes`.
    static func readWord(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
        guard bytes.count >= 16,
            let high = readEight(UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))),
            let low = readEight(
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        else { return nil }
        return high << 32 | low
    }

    /// Eight digits in ASCII, the first in the highest byte, as a number of 32 bits: all at once,
    /// without a branch for each.
    @inline(__always)
    private static func readEight(_ digits: UInt64) -> UInt64? {
        let (ones, highs) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
        guard digits & highs == 0 else { return nil }
        // The high bit of each byte tells whether it is at least that character.
        let fromA = digits &+ ones &* (0x80 - 0x61)
        let isDigitOrMore = digits &+ ones &* (0x80 - 0x30)
        let isPastNine = digits &+ ones &* (0x80 - 0x3A)
        let isPastF = digits &+ ones &* (0x80 - 0x67)
        guard isDigitOrMore & ~isPastF & highs == highs, (isPastNine ^ fromA) & highs == 0
        else { return nil }
        var nibbles = digits &- ones &* 0x30 &- ((fromA & highs) >> 7) &* 0x27
        nibbles = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles >> 8) & 0x0000_FFFF_0000_FFFF
        return (nibbles | nibbles >> 16) & 0xFFFF_FFFF
    }

    /// Exactly 32 lower-case hex digits.
    static func readID(_ bytes: UnsafeRawBufferPointer) -> ID128? {
        guard bytes.count == 32, let high = readWord(bytes),
            let low = readWord(UnsafeRawBufferPointer(rebasing: bytes[16...]))
        else { return nil }
        return ID128(high: high, low: low)
    }

    @inline(__always)
    static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 0x30 + nibble : 0x57 + nibble
    }

    @inline(__always)
    static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x61...0x66: character - 0x57
        default: nil
        }
    }
}
