/// Why a file as a whole cannot be imported. Nothing of it was taken.
public struct ImportError: Error, Sendable, Hashable {
    public let code: Code
    /// What is wrong, with what was found and expected.
    public let message: BilingualText
    /// What to do about it.
    public let mend: BilingualText

    public enum Code: String, Sendable {
        /// No record at all.
        case empty = "file_empty"
        /// In none of the encodings that are understood.
        case encoding = "file_encoding"
        /// Required columns are not there.
        case missingColumns = "columns_missing"
        /// `--map` names a column or field that is not there.
        case mapUnknown = "map_unknown"
        /// Two columns name one field.
        case repeatedColumn = "column_repeated"
    }

    static let empty = ImportError(
        code: .empty,
        message: BilingualText(en: "the file has no rows", zh: "文件没有内容"),
        mend: BilingualText(
            en: "save the sheet as CSV with its header row", zh: "请连同表头另存为 CSV"))

    static let encoding = ImportError(
        code: .encoding,
        message: BilingualText(
            en: "the file is neither UTF-8 nor GB18030 nor UTF-16",
            zh: "文件编码不是 UTF-8、GB18030 或 UTF-16"),
        mend: BilingualText(
            en: "save the sheet as XLSX or “CSV UTF-8”, or name its encoding with --encoding",
            zh: "请另存为 XLSX 或“CSV UTF-8”，或用 --encoding 指明编码"))

    static func missingColumns(
        _ missing: [FieldDescription], found: [String], in collection: CollectionDescription
    ) -> ImportError {
        func list(_ fields: [FieldDescription]) -> String {
            fields.map { "\($0.name) \($0.label.zh)" }.joined(separator: ", ")
        }
        let header = found.joined(separator: ", ")
        return ImportError(
            code: .missingColumns,
            message: BilingualText(
                en: "columns are missing: \(list(missing)); found: \(header)",
                zh: "缺少列：\(list(missing))；文件中的列：\(header)"),
            mend: BilingualText(
                en: "the first row must name them; \(collection.name) knows: "
                    + list(collection.fields),
                zh: "第一行须为表头；“\(collection.label.zh)”可用的列：\(list(collection.fields))"))
    }

    static func mapUnknown(
        _ title: String, _ name: String, found: [String], in collection: CollectionDescription
    ) -> ImportError {
        let header = found.joined(separator: ", ")
        let fields = collection.fields.map(\.name).joined(separator: ", ")
        return ImportError(
            code: .mapUnknown,
            message: BilingualText(
                en: "--map \(title)=\(name) fits no column and field",
                zh: "--map \(title)=\(name) 对不上列或字段"),
            mend: BilingualText(
                en: "columns: \(header); fields: \(fields)", zh: "文件中的列：\(header)；字段：\(fields)"))
    }

    static func repeatedColumn(_ field: FieldDescription) -> ImportError {
        ImportError(
            code: .repeatedColumn,
            message: BilingualText(
                en: "two columns both stand for \(field.label.en) (\(field.name))",
                zh: "有两列都表示“\(field.label.zh)”（\(field.name)）"),
            mend: BilingualText(en: "remove or rename one of them", zh: "请删去或改名其中一列"))
    }
}
