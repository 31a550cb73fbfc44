import SyncCore

/// Turns the cells of one row into checked fields.
struct RowReader {
    let collection: CollectionDescription
    let header: ImportHeader
    let policy: PersonalDataPolicy
    private let reader: CellReader

    init(
        _ collection: CollectionDescription, header: ImportHeader, zone: ZoneRules,
        policy: PersonalDataPolicy, options: CellOptions
    ) {
        self.collection = collection
        self.header = header
        self.policy = policy
        reader = CellReader(zone: zone, options: options)
    }

    /// - Parameter isEdit: the row names its record: columns that are not there are as they were.
    /// - Throws: all problems of the row.
    func entry(_ row: SheetRow, isEdit: Bool) throws(EntryProblems) -> CheckedEntry {
        guard !row.isBroken else { throw EntryProblems([EntryProblem(.brokenQuotes)]) }
        var (fields, problems) = read(row.cells)
        let checks = RecordChecks(collection: collection)
        let refused = Set(problems.compactMap(\.field))
        let columns = Set(header.fields.compactMap { $0?.name })
        problems += checks.missing(in: fields).filter { problem in
            guard let name = problem.field else { return true }
            return !refused.contains(name) && (!isEdit || columns.contains(name))
        }
        problems += checks.wrongOrder(in: fields)
        let personal = checks.personal(in: fields)
        if policy == .refuse && !isEdit { problems += personal }
        guard problems.isEmpty else { throw EntryProblems(problems) }
        return CheckedEntry(fields: fields, personalFields: personal.compactMap(\.field))
    }

    private func read(_ cells: [SheetCell]) -> ([String: Value], [EntryProblem]) {
        var fields: [String: Value] = [:]
        fields.reserveCapacity(cells.count)
        var problems: [EntryProblem] = []
        if cells.dropFirst(header.cells.count).contains(where: { !$0.isBlank }) {
            problems.append(EntryProblem(.extraCells))
        }
        for (cell, field) in zip(cells, header.fields) {
            guard let field, !cell.isBlank else { continue }
            do throws(EntryProblem) {
                if let value = try reader.value(of: cell, for: field) {
                    fields[field.name] = value
                }
            } catch {
                problems.append(error)
            }
        }
        return (fields, problems)
    }
}
