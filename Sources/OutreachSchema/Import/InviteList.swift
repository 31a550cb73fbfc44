/// Devices to be invited, off a table that people keep: a name a row, and a role if it is not a
/// lead's.
public struct InviteList: Sendable {
    public struct Row: Sendable, Hashable {
        public let name: String
        /// `lead`, `auditor`, `operator`, or what stands there.
        public let role: String
        /// From 1.
        public let line: Int
    }

    public let rows: [Row]

    private static let titles: Set<String> = ["name", "device", "名称", "设备", "设备名称"]
    private static let roles = [
        "": "lead", "lead": "lead", "巡逻队长": "lead", "队长": "lead", "auditor": "auditor",
        "审计员": "auditor", "审计": "auditor", "operator": "operator", "管理员": "operator",
    ]

    /// Reads CSV, spelt as spreadsheets spell it.
    ///
    /// - Throws: `ImportError` (encoding).
    public init(_ bytes: [UInt8]) throws(ImportError) {
        guard let (_, text) = TextEncoding.decode(bytes) else { throw .encoding }
        let dialect = CSVDialect(detecting: text)
        var reader = CSVReader(
            text, delimiter: dialect.delimiter, from: dialect.start, line: dialect.line)
        var rows: [Row] = []
        while let record = reader.next() {
            let cells = record.cells.map { TextFolding.trimmed($0) }
            guard let name = cells.first, !name.isEmpty else { continue }
            if rows.isEmpty, Self.titles.contains(name.lowercased()) { continue }
            let role = cells.count > 1 ? cells[1] : ""
            rows.append(
                Row(name: name, role: Self.roles[role.lowercased()] ?? role, line: record.line))
        }
        self.rows = rows
    }
}
