extension MessageTemplate {
    /// The values with which this template would have given `text`, or nil if none do.
    ///
    /// Each value ends where the literal after it first occurs; the last one runs to the end.
    /// Templates with a plural match nothing.
    func values(in text: Substring) -> [String: Substring]? {
        var values: [String: Substring] = [:]
        var rest = text
        var openName: String?
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .plural:
                return nil
            case .value(let name):
                openName = name
            case .literal(let literal):
                let isLast = index == pieces.count - 1
                guard
                    let found = Self.find(
                        literal, in: rest, anywhere: openName != nil, atEnd: isLast)
                else { return nil }
                if let name = openName { values[name] = rest[..<found.lowerBound] }
                openName = nil
                rest = rest[found.upperBound...]
            }
        }
        if let name = openName {
            values[name] = rest
            return values
        }
        return rest.isEmpty ? values : nil
    }

    private static func find(
        _ literal: String, in text: Substring, anywhere: Bool, atEnd: Bool
    ) -> Range<Substring.Index>? {
        if atEnd {
            guard text.hasSuffix(literal) else { return nil }
            let start = text.index(text.endIndex, offsetBy: -literal.count)
            return anywhere || start == text.startIndex ? start..<text.endIndex : nil
        }
        guard anywhere else {
            guard text.hasPrefix(literal) else { return nil }
            return text.startIndex..<text.index(text.startIndex, offsetBy: literal.count)
        }
        return text.firstRange(of: literal)
    }
}
