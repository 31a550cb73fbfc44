import OutreachSchema
import SyncCore
import SyncReplica

extension OpenReplica {
    /// The shift that is going on.
    func runningShift() throws -> Shift {
        Shift(containingUTCSeconds: try correctedNow().milliseconds / 1_000, in: zone)
    }

    /// Calls `body` for each live record of a collection in a period, and perhaps for some that lie
    /// just beside it; records without an event time are all told.
    func eachRecord(
        of collection: CollectionDescription, from: Shift?, through last: Shift?,
        _ body: (RecordView) throws -> Void
    ) throws {
        func live(_ view: RecordView) throws {
            if !view.isDeleted { try body(view) }
        }
        guard let field = collection.eventTimeField, from != nil || last != nil else {
            return collection.eventTimeField == nil
                ? try replica.eachRecord(ofFewIn: collection.name, live)
                : try replica.eachRecord(in: collection.name, live)
        }
        // A stored time begins with its date; an offset moves it by a day at most.
        try replica.eachRecord(
            in: collection.name, field: field,
            from: from.map { "\($0.date + -1)" } ?? "",
            through: last.map { "\($0.date + 3)" } ?? "~", live)
    }

    /// The figures of a period over all that this device holds.
    func report(
        from: Shift?, through last: Shift?, by grouping: ReportGrouping? = nil,
        also note: (CollectionDescription, RecordView) -> Void = { _, _ in }
    ) throws -> OutreachReport {
        var builder = ReportBuilder(zone: zone, from: from, to: last, groupedBy: grouping)
        for collection in Schema.outreach.collections {
            try eachRecord(of: collection, from: from, through: last) { view in
                builder.add(collection: collection.name, fields: view.values)
                note(collection, view)
            }
        }
        return builder.build()
    }
}
