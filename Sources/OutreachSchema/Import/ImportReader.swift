import SyncCore

/// Reads a table row by row into checked records of one collection.
///
/// CSV in UTF-8, GB 18030, Big5 (decoded by the caller) or UTF-16, or rows of a workbook; headers and
/// enumeration values in Chinese or English, cells as people leave them. A bad row never stops the
/// rest. The result depends on the file, the zone and the options alone, never on the present.
public struct ImportReader: IteratorProtocol, Sequence {
    public let collection: CollectionDescription
    /// How the file spelt its characters; nil for a workbook.
    public let encoding: TextEncoding?
    public let header: ImportHeader
    private var source: SheetSource
    private let rows: RowReader
    private let options: CellOptions
    private var identity: ImportIdentity
    /// Fields that the file has columns for.
    private let columns: Set<String>
    /// Lines by code (points) and by record id.
    private var linesByCode: [String: Int] = [:]
    private var linesByID: [RecordID: Int] = [:]
    /// Rows of sums at the foot, which were passed over.
    public private(set) var totalRows = 0

    /// Reads CSV.
    ///
    /// - Throws: `ImportError` when the file as a whole cannot be read.
    public init(
        _ bytes: [UInt8], into collection: CollectionDescription, zone: ZoneRules,
        personal policy: PersonalDataPolicy = .refuse, options: CellOptions = CellOptions()
    ) throws(ImportError) {
        guard let (encoding, text) = TextEncoding.decode(bytes) else { throw .encoding }
        let dialect = CSVDialect(detecting: text)
        let reader = CSVReader(
            text, delimiter: dialect.delimiter, from: dialect.start, line: dialect.line)
        try self.init(
            .csv(reader), encoding, into: collection, zone: zone, policy: policy, options: options)
    }

    /// Reads the rows of a workbook or of JSON.
    public init(
        rows: [SheetRow], into collection: CollectionDescription, zone: ZoneRules,
        personal policy: PersonalDataPolicy = .refuse, options: CellOptions = CellOptions()
    ) throws(ImportError) {
        try self.init(
            .rows(rows[...]), nil, into: collection, zone: zone, policy: policy, options: options)
    }

    private init(
        _ source: SheetSource, _ encoding: TextEncoding?, into collection: CollectionDescription,
        zone: ZoneRules, policy: PersonalDataPolicy, options: CellOptions
    ) throws(ImportError) {
        (header, self.source) = try HeaderFinder(collection: collection, options: options)
            .find(source)
        self.collection = collection
        self.encoding = encoding
        self.options = options
        rows = RowReader(
            collection, header: header, zone: zone, policy: policy, options: options)
        identity = ImportIdentity(collection: collection.name)
        columns = Set(header.fields.compactMap { $0?.name })
    }

    /// The next row that is neither blank nor a sum; nil at the end.
    public mutating func next() -> ImportOutcome? {
        while let row = source.next() {
            if row.isBlank { continue }
            guard !isTotal(row) else {
                totalRows += 1
                continue
            }
            return outcome(row)
        }
        return nil
    }

    /// A row of sums begins with a word for it, in a column or in none.
    private func isTotal(_ row: SheetRow) -> Bool {
        guard let first = row.cells.first(where: { !$0.isBlank }), case .text(let text) = first
        else { return false }
        return CellText.isTotal(text)
    }

    private mutating func outcome(_ row: SheetRow) -> ImportOutcome {
        do throws(EntryProblems) {
            let record = try recordID(row)
            let entry = try rows.entry(row, isEdit: record != nil)
            try checkCode(entry.fields, line: row.line)
            let imported = ImportedRow(
                line: row.line, id: record ?? identity.id(of: entry.fields), fields: entry.fields,
                personalFields: entry.personalFields, isEdit: record != nil,
                columns: columns,
                base: stamp(row), cells: texts(row))
            return .accepted(imported)
        } catch {
            return .rejected(
                RejectedRow(line: row.line, cells: texts(row), problems: error.problems))
        }
    }

    private func texts(_ row: SheetRow) -> [String] {
        row.cells.map { $0.text(is1904: options.is1904) }
    }

    private func cell(_ column: Int?, _ row: SheetRow) -> String {
        guard let column, column < row.cells.count else { return "" }
        return CellText.matchText(row.cells[column].text(is1904: options.is1904))
    }

    /// The record that a row names; points are named by their codes.
    private mutating func recordID(_ row: SheetRow) throws(EntryProblems) -> RecordID? {
        let text = cell(header.idColumn, row).filter { $0 != "-" }
        guard !text.isEmpty, collection.name != CollectionDescription.points.name else {
            return nil
        }
        guard let id = RecordID(hex: text) else {
            // A running number of somebody's own, unless the file is an export.
            guard header.stampColumn != nil else { return nil }
            throw EntryProblems([EntryProblem(.notAnID, name: "id")])
        }
        if let earlier = linesByID[id] {
            throw EntryProblems([
                EntryProblem(.repeatedRecord, name: "id", facts: ["line": "\(earlier)"])
            ])
        }
        linesByID[id] = row.line
        return id
    }

    private func stamp(_ row: SheetRow) -> StampTime? {
        StampTime(hex: cell(header.stampColumn, row).prefix(16))
    }

    /// Two rows for one point in one file contradict each other: the second stays out.
    private mutating func checkCode(
        _ fields: [String: Value], line: Int
    ) throws(EntryProblems) {
        guard collection.name == CollectionDescription.points.name,
            let code = fields["code"]?.text, let field = collection.field(named: "code")
        else { return }
        if let earlier = linesByCode.updateValue(line, forKey: code) {
            linesByCode[code] = earlier
            let facts = ["line": "\(earlier)"]
            throw EntryProblems([EntryProblem(.repeatedCode, field, facts: facts)])
        }
    }
}

extension ImportReader {
    /// The whole file at once.
    public mutating func readAll() -> (accepted: [ImportedRow], rejected: [RejectedRow]) {
        var accepted: [ImportedRow] = []
        var rejected: [RejectedRow] = []
        while let outcome = next() {
            switch outcome {
            case .accepted(let row): accepted.append(row)
            case .rejected(let row): rejected.append(row)
            }
        }
        return (accepted, rejected)
    }

    /// The rejects file: the original columns and one for the reason, UTF-8 with a byte order
    /// mark. Once mended it can be imported as it is; the reason column is ignored.
    public func rejectsFile(_ rows: [RejectedRow], in language: LabelLanguage) -> [UInt8] {
        let title = language == .chinese ? "原因" : "reason"
        var writer = CSVWriter()
        writer.append(header.cells.map { .text($0) } + [.text(title)])
        for row in rows {
            let missing = Swift.max(header.cells.count - row.cells.count, 0)
            let cells = row.cells + Array(repeating: "", count: missing)
            writer.append(cells.map { .text($0) } + [.text(row.reason(in: language))])
        }
        return writer.bytes
    }
}
