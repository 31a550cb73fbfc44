import SyncCore

/// Turns the cells of one row into checked fields.
struct RowReader {
    let collection: CollectionDescription
    let header: ImportHeader
    let policy: PersonalDataPolicy
    private let reader: ValueReader

    init(
        _ collection: CollectionDescription, header: ImportHeader, zone: ZoneRules,
        policy: PersonalDataPolicy
    ) {
        self.collection = collection
        self.header = header
        self.policy = policy
        reader = ValueReader(times: TimeReader(zone: zone, now: nil))
    }

    /// - Throws: all problems of the row.
    func entry(_ record: CSVRecord) throws(EntryProblems) -> CheckedEntry {
        guard !record.isBroken else { throw EntryProblems([EntryProblem(.brokenQuotes)]) }
        var (fields, problems) = read(record.cells)
        let checks = RecordChecks(collection: collection)
        let refused = Set(problems.compactMap(\.field))
        problems += checks.missing(in: fields).filter { !refused.contains($0.field!) }
        problems += checks.wrongOrder(in: fields)
        let personal = checks.personal(in: fields)
        if policy == .refuse { problems += personal }
        guard problems.isEmpty else { throw EntryProblems(problems) }
        return CheckedEntry(fields: fields, personalFields: personal.compactMap(\.field))
    }

    private func read(_ cells: [String]) -> ([String: Value], [EntryProblem]) {
        var fields: [String: Value] = [:]
        fields.reserveCapacity(cells.count)
        var problems: [EntryProblem] = []
        if cells.dropFirst(header.cells.count).contains(where: { !$0.isEmpty }) {
            problems.append(EntryProblem(.extraCells))
        }
        for (cell, field) in zip(cells, header.fields) {
            guard let field, !cell.isEmpty else { continue }
            do throws(EntryProblem) {
                let text = CSVWriter.withoutGuard(cell)
                if let value = try reader.value(of: text, for: field) {
                    fields[field.name] = value
                }
            } catch {
                problems.append(error)
            }
        }
        return (fields, problems)
    }
}
