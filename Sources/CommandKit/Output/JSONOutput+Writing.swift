extension JSONOutput {
    /// The document, without a line end.
    ///
    /// - Parameter isPretty: one member or element a line, indented by two spaces.
    public func text(isPretty: Bool = false) -> String {
        var text = ""
        write(into: &text, indentation: isPretty ? 0 : nil)
        return text
    }

    private func write(into text: inout String, indentation: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .int(let number): text += String(number)
        case .double(let number): text += Self.literal(number)
        case .string(let string): Self.write(string, into: &text)
        case .verbatim(let json): text += json
        case .array(let elements):
            Self.write(elements, between: "[", "]", into: &text, indentation) {
                $0.write(into: &$1, indentation: $2)
            }
        case .object(let members):
            Self.write(members, between: "{", "}", into: &text, indentation) {
                Self.write($0.key, into: &$1)
                $1 += $2 == nil ? ":" : ": "
                $0.value.write(into: &$1, indentation: $2)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], between open: String, _ close: String, into text: inout String,
        _ indentation: Int?, element write: (Element, inout String, Int?) -> Void
    ) {
        text += open
        let inner = indentation.map { $0 + 2 }
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            startLine(in: &text, inner)
            write(element, &text, inner)
        }
        if !elements.isEmpty { startLine(in: &text, indentation) }
        text += close
    }

    private static func startLine(in text: inout String, _ indentation: Int?) {
        guard let indentation else { return }
        text += "\n" + String(repeating: " ", count: indentation)
    }

    private static func literal(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        // Integers are written as such, up to where a double holds each of them.
        if let integer = Int(exactly: number), integer.magnitude < 1 << 53 {
            return String(integer)
        }
        return number.description
    }

    /// Besides what JSON demands, escapes what could harm the terminal that shows it.
    private static func write(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.isHarmfulToTerminal: text += escape(scalar)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        // All harmful scalars lie in the basic plane, so one escape holds each.
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
