/// The names of fields: properties are written `isBought` in Swift and `is_bought` in records.
enum RecordFieldName {
    /// - Throws: `FieldSyncError` for what no field can be called.
    static func field(_ property: String) throws(FieldSyncError) -> String {
        var name = ""
        for character in property {
            guard character.isASCII, character.isLetter || character.isNumber || character == "_"
            else { throw bad(property) }
            if character.isUppercase, !name.isEmpty { name += "_" }
            name += character.lowercased()
        }
        guard isName(name) else { throw bad(property) }
        return name
    }

    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 32 else { return false }
        return (isLetter(first) || first == UInt8(ascii: "_"))
            && name.utf8.allSatisfy {
                isLetter($0) || $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0)
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    private static func bad(_ name: String) -> FieldSyncError {
        FieldSyncError(
            .unsupportedValue, "\(name) cannot be the name of a field or a collection.",
            mend: "Use ASCII letters, digits and _; at most 32.")
    }
}
