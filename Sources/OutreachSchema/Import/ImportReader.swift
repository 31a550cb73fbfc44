import SyncCore

/// Reads a spreadsheet's CSV row by row into checked records of one collection.
///
/// UTF-8, UTF-8 with a byte order mark, GB18030 and UTF-16 with a mark; comma, semicolon or tab;
/// headers and enumeration values in Chinese or English. A bad row never stops the rest. The
/// result depends on the file, the zone and the policy alone, never on the present.
public struct ImportReader: IteratorProtocol, Sequence {
    public let collection: CollectionDescription
    public let encoding: TextEncoding
    public let header: ImportHeader
    private var records: CSVReader
    private let rows: RowReader
    private var identity: ImportIdentity
    /// Points only: lines by code.
    private var linesByCode: [String: Int] = [:]

    /// - Throws: `ImportError` when the file as a whole cannot be read.
    public init(
        _ bytes: [UInt8], into collection: CollectionDescription, zone: ZoneRules,
        personal policy: PersonalDataPolicy = .refuse
    ) throws(ImportError) {
        guard let (encoding, text) = TextEncoding.decode(bytes) else { throw .encoding }
        let dialect = CSVDialect(detecting: text)
        var records = CSVReader(
            text, delimiter: dialect.delimiter, from: dialect.start, line: dialect.line)
        var first = records.next()
        while let record = first, record.isBlank { first = records.next() }
        guard let first else { throw .empty }
        let header = try ImportHeader(first.cells, for: collection)
        self.collection = collection
        self.encoding = encoding
        self.header = header
        self.records = records
        rows = RowReader(collection, header: header, zone: zone, policy: policy)
        identity = ImportIdentity(collection: collection.name)
    }

    /// The next row that is not blank; nil at the end.
    public mutating func next() -> ImportOutcome? {
        while let record = records.next() {
            if !record.isBlank { return outcome(record) }
        }
        return nil
    }

    private mutating func outcome(_ record: CSVRecord) -> ImportOutcome {
        do throws(EntryProblems) {
            let entry = try rows.entry(record)
            try checkCode(entry.fields, line: record.line)
            let row = ImportedRow(
                line: record.line, id: identity.id(of: entry.fields), fields: entry.fields,
                personalFields: entry.personalFields)
            return .accepted(row)
        } catch {
            return .rejected(
                RejectedRow(line: record.line, cells: record.cells, problems: error.problems))
        }
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
