/// Code points by GB 18030 code, double-byte and four-byte.
///
/// Only a third of the double-byte area needs a list: the rest is the ideographs of Unicode 1.1
/// that the list leaves out, in order, and private characters in order. The four-byte codes of the
/// basic plane are the code points that no double-byte code has, in order. Source: GB 18030-2005.
struct GB18030Tables {
    /// By (first − 0x81) × 190 + second byte's place in 40…7E, 80…FE.
    let doubleByte: [UInt16]
    /// By the linear number of the code, from 81308130 on.
    let fourByte: [UInt16]

    /// Second bytes that one first byte can have.
    static let rowLength = 190
    /// Built once, at the first file that needs it (a few milliseconds).
    static let shared = GB18030Tables()

    private init() {
        doubleByte = Self.makeDoubleByte()
        var isCovered = [Bool](repeating: false, count: 0x10000)
        for unit in doubleByte { isCovered[Int(unit)] = true }
        fourByte = (0x80..<0x10000).lazy
            .filter { !isCovered[$0] && !(0xD800..<0xE000).contains($0) }
            .map { UInt16($0) }
    }

    private static func makeDoubleByte() -> [UInt16] {
        var table = [UInt16](repeating: 0xFFFD, count: 126 * rowLength)
        func fill(_ rows: ClosedRange<Int>, _ places: Range<Int>, _ units: some Sequence<UInt16>) {
            var iterator = units.makeIterator()
            for row in rows {
                for place in places {
                    guard let unit = iterator.next() else { return }
                    table[(row - 0x81) * rowLength + place] = unit
                }
            }
        }
        let low = 0..<96  // second bytes 40…7E, 80…A0
        let high = 96..<190  // second bytes A1…FE
        let common = Array(GB18030Characters.commonIdeographs.utf16)
        let rare = rareIdeographs(besides: common)
        fill(0xA1...0xA9, high, GB18030Characters.symbols.utf16)
        fill(0xA8...0xA9, low, GB18030Characters.furtherSymbols.utf16)
        fill(0xB0...0xF7, high, common)
        fill(0x81...0xA0, 0..<190, rare.prefix(32 * 190))
        fill(0xAA...0xFE, low, rare.dropFirst(32 * 190))
        fill(0xAA...0xAF, high, UInt16(0xE000)...)
        fill(0xF8...0xFE, high, UInt16(0xE234)...)
        fill(0xA1...0xA7, low, UInt16(0xE4C6)...)
        return table
    }

    private static func rareIdeographs(besides common: [UInt16]) -> [UInt16] {
        let known = Set(common)
        return (UInt16(0x4E00)...0x9FA5).filter { !known.contains($0) }
            + Array(GB18030Characters.lastIdeographs.utf16)
    }
}
