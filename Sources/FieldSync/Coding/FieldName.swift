import SyncCore

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
        try check(name)
        return name
    }

    /// - Throws: `FieldSyncError` for what no field or collection can be called.
    static func check(_ name: String) throws(FieldSyncError) {
        guard FieldName.isValid(name) else { throw bad(name) }
    }

    private static func bad(_ name: String) -> FieldSyncError {
        FieldSyncError(
            .unsupportedValue, "\(name) cannot be the name of a field or a collection.",
            mend: "Use ASCII letters, digits and _; at most 32.")
    }
}
