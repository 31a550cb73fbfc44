import Testing

@testable import OutreachSchema

@Suite struct TextEncodingTests {
    private func decoded(_ bytes: [UInt8]) -> String? {
        TextEncoding.decode(bytes).map { String(decoding: $0.text, as: UTF8.self) }
    }

    @Test func utf8_withAndWithoutMark() {
        #expect(TextEncoding.decode(Array("点位".utf8))?.encoding == .utf8)
        let marked = TextEncoding.decode([0xEF, 0xBB, 0xBF] + Array("点位".utf8))
        #expect(marked?.encoding == .utf8WithMark)
        #expect(marked?.text == Array("点位".utf8))
    }

    @Test func utf16_bothByteOrders() {
        #expect(decoded([0xFF, 0xFE, 0xB9, 0x70, 0x2C, 0x00]) == "点,")
        #expect(decoded([0xFE, 0xFF, 0x70, 0xB9, 0x00, 0x2C]) == "点,")
        #expect(TextEncoding.decode([0xFF, 0xFE, 0xB9]) == nil)
    }

    /// Codes from the standard's tables: GB 2312, GBK, symbols, four bytes, further planes.
    private static let characters: [String: [UInt8]] = [
        "巡逻": [0xD1, 0xB2, 0xC2, 0xDF], "啊": [0xB0, 0xA1], "\u{9F44}": [0xF7, 0xFE],
        "\u{4E02}": [0x81, 0x40], "\u{72DB}": [0xA0, 0xFE], "\u{72DC}": [0xAA, 0x40],
        "\u{E864}": [0xFE, 0xA0], "\u{3000}": [0xA1, 0xA1], "€": [0xA2, 0xE3],
        "，": [0xA3, 0xAC], "\u{9FA5}": [0xFD, 0x9B], "\u{F92C}": [0xFD, 0x9C],
        "\u{E000}": [0xAA, 0xA1], "\u{80}": [0x81, 0x30, 0x81, 0x30],
        "ß": [0x81, 0x30, 0x89, 0x38], "\u{FFFF}": [0x84, 0x31, 0xA4, 0x39],
        "\u{10000}": [0x90, 0x30, 0x81, 0x30], "\u{20000}": [0x95, 0x32, 0x82, 0x36],
        "\u{10FFFF}": [0xE3, 0x32, 0x9A, 0x35],
    ]

    @Test func gb18030_code_isItsCharacter() {
        for (text, bytes) in Self.characters {
            #expect(GB18030Decoder.decode(bytes) == Array(text.utf8), "\(bytes)")
        }
    }

    private static let malformed: [[UInt8]] = [
        [0x80], [0xFF, 0x40], [0x81], [0x81, 0x7F], [0x81, 0xFF], [0x81, 0x20], [0x81, 0x30, 0x81],
        [0x81, 0x30, 0x81, 0x41], [0x84, 0x31, 0xA5, 0x30], [0xE3, 0x32, 0x9A, 0x36],
    ]

    @Test(arguments: malformed)
    func gb18030_otherBytes_areRefused(_ bytes: [UInt8]) {
        #expect(GB18030Decoder.decode(bytes) == nil)
    }

    @Test func gb18030Tables_coverTheBasicPlaneOnce() {
        let units = GB18030Tables.shared.doubleByte + GB18030Tables.shared.fourByte
        #expect(GB18030Tables.shared.fourByte.count == 39_420)
        #expect(Set(units).count == units.count)
        #expect(units.count == 0x10000 - 0x80 - 0x800)
    }
}
