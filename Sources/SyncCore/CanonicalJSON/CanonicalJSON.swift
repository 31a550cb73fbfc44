/// RFC 8785 output, as restricted by Protocol/README.md §2.2.
public enum CanonicalJSON {
    /// Deepest nesting of objects and arrays.
    public static let depthLimit = 16

    public static func append(_ value: Value, to out: inout [UInt8]) {
        switch value {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let number): CanonicalNumber.append(number, to: &out)
        case .text(let text): CanonicalText.append(text, to: &out)
        }
    }

    /// Appends a quoted text literal.
    public static func append(text: String, to out: inout [UInt8]) {
        CanonicalText.append(text, to: &out)
    }

    public static func append(_ value: JSONValue, to out: inout [UInt8]) {
        switch value {
        case .null: append(Value.null, to: &out)
        case .bool(let flag): append(Value.bool(flag), to: &out)
        case .number(let number): CanonicalNumber.append(number, to: &out)
        case .string(let text): CanonicalText.append(text, to: &out)
        case .array(let items): appendArray(items, to: &out)
        case .object(let members): appendObject(members, to: &out)
        }
    }

    public static func bytes(_ value: JSONValue) -> [UInt8] {
        var out: [UInt8] = []
        append(value, to: &out)
        return out
    }

    private static func appendArray(_ items: [JSONValue], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            append(item, to: &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    private static func appendObject(_ members: [String: JSONValue], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        let keys = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for (index, key) in keys.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            CanonicalText.append(key, to: &out)
            out.append(UInt8(ascii: ":"))
            append(members[key]!, to: &out)
        }
        out.append(UInt8(ascii: "}"))
    }
}
