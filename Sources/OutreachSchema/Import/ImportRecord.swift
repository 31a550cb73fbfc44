public import SyncCore

/// The record that an import leaves in the collection `imports`.
///
/// Source: Protocol/README.md §12.
public struct ImportRecord: Sendable {
    public static let collection = "imports"
    public static let label = BilingualText(en: "Imports", zh: "导入")

    /// The file's name without its folder.
    public let file: String
    /// Where the rows went.
    public let into: String
    /// Rows read, and those of them that made a record.
    public let rows: Int
    public let newRows: Int
    /// SHA-256 of the file's bytes.
    public let hash: Hash256
    /// Claimed stamp times of the first and last record made.
    public let stamps: ClosedRange<StampTime>

    public init(
        file: String, into: String, rows: Int, newRows: Int, hash: Hash256,
        stamps: ClosedRange<StampTime>
    ) {
        self.file = file
        self.into = into
        self.rows = rows
        self.newRows = newRows
        self.hash = hash
        self.stamps = stamps
    }

    public var fields: [String: Value] {
        [
            "file": .text(file), "collection": .text(into), "rows": .number(Double(rows)),
            "new_rows": .number(Double(newRows)), "sha256": .text(hash.hex),
            "first_stamp": .text(stamps.lowerBound.hex),
            "last_stamp": .text(stamps.upperBound.hex),
        ]
    }
}
