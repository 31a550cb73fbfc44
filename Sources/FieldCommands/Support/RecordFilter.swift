import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// Which records of a collection a listing holds, and in which order.
struct RecordFilter {
    /// `field=value`, read as an entry would be: labels, spellings and local times are understood.
    private struct Condition {
        let field: String
        /// Null matches a field that is absent, too.
        let value: Value
    }

    private let collection: CollectionDescription
    private let isDeleted: Bool
    private let conditions: [Condition]
    private let shift: Shift?
    private let open: OpenReplica

    /// - Throws: `CommandFailure`, `EntryProblem`.
    init(
        collection: CollectionDescription, isDeleted: Bool, conditions: [String], shift: Shift?,
        open: OpenReplica
    ) throws {
        self.collection = collection
        self.isDeleted = isDeleted
        self.shift = shift
        self.open = open
        let now = try open.correctedNow().milliseconds / 1_000
        let reader = ValueReader(times: TimeReader(zone: open.zone, now: now))
        self.conditions = try conditions.map { text in
            guard let sign = text.firstIndex(of: "=") else { throw Self.invalid(text, collection) }
            let name = text[..<sign].map { $0 == "-" ? "_" : $0 }
            let typed = String(text[text.index(after: sign)...])
            guard let field = collection.field(named: String(name)) else {
                return Condition(field: String(name), value: typed.isEmpty ? .null : .text(typed))
            }
            return Condition(
                field: field.name, value: try reader.value(of: typed, for: field) ?? .null)
        }
    }

    private static func invalid(
        _ text: String, _ collection: CollectionDescription
    ) -> CommandFailure {
        let example = "\(collection.listColumns[1])=…"
        return CommandFailure(
            "filter_invalid", Messages.fieldRecords.filterInvalid.text(["text": text]),
            mend: Messages.fieldRecords.filterInvalidMend.text(["example": example]),
            status: .usage)
    }

    /// A newer version may know fields that this one does not: then some record has them.
    private static func unknownField(
        _ name: String, _ collection: CollectionDescription
    ) -> CommandFailure {
        CommandFailure(
            "unknown_field", Messages.fieldRecords.fieldUnknown.text(["name": name]),
            mend: Messages.fieldRecords.fieldUnknownMend.text([
                "names": collection.fields.map(\.name).joined(separator: ", ")
            ]), status: .usage)
    }

    /// By event time, points by code; what has none comes first, in the order made.
    func records() throws -> [ShownRecord] {
        var found: [(order: String, record: ShownRecord)] = []
        var unseen = Set(conditions.map(\.field)).filter { collection.field(named: $0) == nil }
        let orderField = collection.eventTimeField ?? "code"
        try eachCandidate { view in
            guard view.isDeleted == isDeleted else { return }
            let record = open.shown(view.state)
            if !unseen.isEmpty { unseen.subtract(record.values.keys) }
            guard matches(record) else { return }
            found.append((record.values[orderField]?.text ?? "", record))
        }
        if let name = unseen.min() { throw Self.unknownField(name, collection) }
        return found.enumerated()
            .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
            .map(\.element.record)
    }

    /// The latest records by event time, without reading the others out. Nil where there are
    /// conditions: then each must be looked at.
    func latest(_ limit: Int) throws -> (records: [ShownRecord], total: Int)? {
        guard conditions.isEmpty, shift == nil, !isDeleted, let field = collection.eventTimeField
        else { return nil }
        let views = try open.replica.latestRecords(
            in: collection.name, by: field, limit: limit, isDeleted: false)
        let total = try open.replica.counts()[collection.name] ?? 0
        return (views.map { open.shown($0.state) }, total)
    }

    private func eachCandidate(_ body: (RecordView) throws -> Void) throws {
        guard let shift, let field = collection.eventTimeField else {
            return collection.eventTimeField == nil
                ? try open.replica.eachRecord(ofFewIn: collection.name, body)
                : try open.replica.eachRecord(in: collection.name, body)
        }
        try open.replica.eachRecord(
            in: collection.name, field: field, from: "\(shift.date + -1)",
            through: "\(shift.date + 3)", body)
    }

    private func matches(_ record: ShownRecord) -> Bool {
        if let shift, record.shift != shift { return false }
        return conditions.allSatisfy { condition in
            let value = record.values[condition.field] ?? .null
            if value == condition.value { return true }
            // Unknown fields: compared by what is shown.
            guard record.collection?.field(named: condition.field) == nil else { return false }
            return open.presenter.text(of: value, for: nil) == condition.value.text
        }
    }
}
