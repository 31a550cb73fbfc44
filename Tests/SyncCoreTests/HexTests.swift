import SyncCore
import Testing

/// Digits are read eight at a time: every character in every place must count as one by one.
@Suite struct HexTests {
    private static let digits = Array("0123456789abcdef".utf8)

    @Test(arguments: 0..<32)
    func id_withAnyByteInOnePlace_isReadOnlyIfThatIsADigit(place: Int) {
        for byte in UInt8.min...UInt8.max {
            var text = (0..<32).map { Self.digits[($0 * 7 + place) % 16] }
            text[place] = byte
            let read = text.withUnsafeBytes { ID128(hexBytes: $0) }
            guard Self.digits.contains(byte) else {
                #expect(read == nil, "byte \(byte)")
                continue
            }
            #expect(read.map { Array($0.hex.utf8) } == text, "byte \(byte)")
        }
    }

    @Test func id_ofBytes_isTheSameFromMemoryAndFromASequence() {
        let bytes = (0..<20).map { UInt8(truncatingIfNeeded: $0 * 37 + 200) }
        let fromMemory = bytes.withUnsafeBytes { ID128(bytes: $0) }
        #expect(fromMemory != nil)
        #expect(fromMemory == ID128(bytes: bytes.prefix(16)))
        #expect(fromMemory?.bytes == Array(bytes.prefix(16)))
        #expect(bytes.prefix(15).withUnsafeBytes { ID128(bytes: $0) } == nil)
    }

    @Test(arguments: ["", "00", "ff7e", "0123456789abcdef"])
    func text_readAsBytes_isWrittenTheSame(text: String) {
        #expect(Hex.bytes(text).map { Hex.text($0) } == text)
    }

    @Test(arguments: ["0", "0g", "A0", "0٣", " 00", "00\u{0}"])
    func text_thatIsNoHex_isRefused(text: String) { #expect(Hex.bytes(text) == nil) }
}
