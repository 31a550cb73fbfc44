package import OutreachSchema
package import SyncCore
package import SyncReplica

/// A run of shifts as a replica holds it; either end may be open.
package struct ReplicaPeriod {
    package let replica: Replica
    package let zone: ZoneRules
    /// First and last shift, both included; nil: from the beginning, to the end.
    package let from: Shift?
    package let through: Shift?

    package init(_ replica: Replica, zone: ZoneRules, from: Shift?, through: Shift?) {
        self.replica = replica
        self.zone = zone
        self.from = from
        self.through = through
    }

    /// Calls `body` for each live record of a collection in the period, and perhaps for some that
    /// lie just beside it; records of a collection without an event time are all told.
    package func eachRecord(
        near collection: CollectionDescription, _ body: (RecordView) throws -> Void
    ) throws {
        func live(_ view: RecordView) throws {
            if !view.isDeleted { try body(view) }
        }
        guard let field = collection.eventTimeField, from != nil || through != nil else {
            return collection.eventTimeField == nil
                ? try replica.eachRecord(ofFewIn: collection.name, live)
                : try replica.eachRecord(in: collection.name, live)
        }
        // A stored time begins with its date; an offset moves it by a day at most.
        try replica.eachRecord(
            in: collection.name, field: field,
            from: from.map { "\($0.date + -1)" } ?? "",
            through: through.map { "\($0.date + 3)" } ?? "~", live)
    }

    /// Whether a record is of the period. One without an event time is of any period where its
    /// collection has none, else only of the whole log.
    package func holds(_ values: [String: Value], of collection: CollectionDescription) -> Bool {
        guard from != nil || through != nil, collection.eventTimeField != nil else { return true }
        guard let shift = collection.shift(of: values, in: zone) else { return false }
        return shift.isWithin(from, through)
    }

    /// The figures of the period over all that the replica holds.
    ///
    /// - Parameter note: is told of every record that may be of it.
    package func report(
        by grouping: ReportGrouping? = nil,
        also note: (CollectionDescription, RecordView) -> Void = { _, _ in }
    ) throws -> OutreachReport {
        var builder = ReportBuilder(zone: zone, from: from, to: through, groupedBy: grouping)
        for collection in Schema.outreach.collections {
            try eachRecord(near: collection) { view in
                builder.add(collection: collection.name, fields: view.values)
                note(collection, view)
            }
        }
        return builder.build()
    }
}
