/// The one literal of a number: ECMAScript `Number::toString` (RFC 8785 §3.2.2.3).
///
/// Swift's own description already has the shortest digits that read back as the same double;
/// only their layout differs.
enum CanonicalNumber {
    /// Appends the literal. `number` must be finite; negative zero is written `0`.
    static func append(_ number: Double, to out: inout [UInt8]) {
        precondition(number.isFinite, "JSON has no literal for \(number)")
        if number.rounded() == number, abs(number) < 1e15 {
            out.append(contentsOf: String(Int64(number)).utf8)
            return
        }
        if number < 0 { out.append(UInt8(ascii: "-")) }
        let (digits, point) = shortestDigits(abs(number))
        layOut(digits, point: point, to: &out)
    }

    /// The decimal digits without leading or trailing zeros, and the place of the decimal point:
    /// the value is 0.DIGITS × 10^point.
    private static func shortestDigits(_ magnitude: Double) -> (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var point = 0
        var exponent = 0
        var beforePoint = true
        var text = magnitude.description.utf8[...]
        if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(String(text[text.index(after: mark)...])!)!
            text = text[..<mark]
        }
        for character in text {
            if character == UInt8(ascii: ".") {
                beforePoint = false
            } else {
                if beforePoint { point += 1 }
                digits.append(character)
            }
        }
        while digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            point -= 1
        }
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, point + exponent)
    }

    /// ECMA-262 §6.1.6.1.20, steps 6 to 12: `point` is the standard's n.
    private static func layOut(_ digits: [UInt8], point: Int, to out: inout [UInt8]) {
        let zero = UInt8(ascii: "0")
        let dot = UInt8(ascii: ".")
        switch point {
        case digits.count...21 where digits.count <= 21:
            out += digits + Array(repeating: zero, count: point - digits.count)
        case 1...21:
            out += digits[..<point] + [dot] + digits[point...]
        case -5...0:
            out += [zero, dot] + Array(repeating: zero, count: -point) + digits
        default:
            out.append(digits[0])
            if digits.count > 1 { out += [dot] + digits[1...] }
            out.append(UInt8(ascii: "e"))
            out.append(contentsOf: (point > 0 ? "+\(point - 1)" : "\(point - 1)").utf8)
        }
    }

    /// Whether `literal` is what `append` would write for the number that it reads as.
    static func isCanonical(_ literal: UnsafeRawBufferPointer) -> Bool {
        if isPlainInteger(literal) { return true }
        guard let number = Double(String(decoding: literal, as: UTF8.self)), number.isFinite
        else { return false }
        var again: [UInt8] = []
        append(number, to: &again)
        return again.elementsEqual(literal)
    }

    /// An integer of at most 15 digits without leading zeros: canonical as it stands.
    private static func isPlainInteger(_ literal: UnsafeRawBufferPointer) -> Bool {
        var digits = literal[...]
        if digits.first == UInt8(ascii: "-") {
            digits = digits.dropFirst()
            if digits.first == UInt8(ascii: "0") { return false }
        }
        guard let first = digits.first, digits.count <= 15 else { return false }
        if first == UInt8(ascii: "0") { return digits.count == 1 }
        return digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
}
