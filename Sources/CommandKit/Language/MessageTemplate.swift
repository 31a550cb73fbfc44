/// A message's text, cut into what is written as it is and what a value replaces.
///
/// It works in both directions: `filled` writes a text, and `values(in:)` reads the values back out
/// of a text that some other program wrote from the same template.
struct MessageTemplate {
    enum Piece: Equatable {
        case literal(String)
        case value(name: String)
        case plural(name: String, one: String, other: String)
    }

    let pieces: [Piece]

    /// Braces that do not close are text.
    init(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        // Both are ASCII, and no part of another character of UTF-8.
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}"))
        {
            if open > rest.startIndex { pieces.append(.literal(String(rest[..<open]))) }
            pieces.append(Self.placeholder(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        self.pieces = pieces
    }

    private static func placeholder(_ text: Substring) -> Piece {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 3 {
            return .plural(name: parts[0], one: parts[1], other: parts[2])
        }
        return .value(name: String(text))
    }

    /// The placeholders' names.
    var names: Set<String> {
        Set(
            pieces.compactMap { piece in
                switch piece {
                case .literal: nil
                case .value(let name), .plural(let name, _, _): name
                }
            })
    }

    /// Writes the text. A name without a value stays visible as `{name}` in a release: at night, a
    /// sentence with a hole serves better than no program.
    func filled(value: (String) -> String?) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal):
                text += literal
            case .value(let name):
                let value = value(name)
                assert(value != nil, "no value for {\(name)}")
                text += value ?? "{\(name)}"
            case .plural(let name, let one, let other):
                text += value(name) == "1" ? one : other
            }
        }
        return text
    }
}
