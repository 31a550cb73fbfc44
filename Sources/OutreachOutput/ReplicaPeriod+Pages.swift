package import AuditReport
package import OutreachSchema
import SyncCore
import SyncReplica

extension ReplicaPeriod {
    /// The message for the group chat.
    ///
    /// - Parameter space: what the operator calls it; nil before a sync.
    package func handover(space: String?, presenter: ValuePresenter) throws -> HandoverMessage {
        var tally = HandoverTally(from: from, through: through, zone: zone)
        try replica.eachRecord(ofFewIn: CollectionDescription.hazards.name) { view in
            if !view.isDeleted { tally.add(hazard: view.values) }
        }
        let conflicts = try replica.conflicts()
            .count { !$0.isSettled }
        return HandoverMessage(
            report: try report(), tally: tally,
            waiting: .init(conflicts: conflicts, unsent: try replica.pendingCount()),
            space: space, presenter: presenter)
    }

    /// The page for a lead.
    ///
    /// - Parameter now: seconds since 1970; the age of a hazard is counted from here.
    package func leadPage(
        space: String?, language: LabelLanguage, now: Int64
    ) throws -> LeadPage {
        var tally = LeadTally(zone: zone, from: from, through: through, now: now)
        let hazards = CollectionDescription.hazards
        let report = try report(by: .grid) { collection, view in
            guard collection.name != hazards.name else { return }
            tally.add(collection: collection.name, fields: view.values)
        }
        // Those that wait may be older than the period.
        try ReplicaPeriod(replica, zone: zone, from: nil, through: nil)
            .eachRecord(near: hazards) { view in
                tally.add(collection: hazards.name, fields: view.values)
            }
        return LeadPage(
            language: language, zone: zone, space: space ?? "FieldSync", report: report,
            before: try before(), tally: tally)
    }

    /// The figures of as many nights before the period.
    private func before() throws -> ReportFigures? {
        guard let from, let through else { return nil }
        let nights = through.date.daysSinceEpoch - from.date.daysSinceEpoch + 1
        return try ReplicaPeriod(
            replica, zone: zone, from: Shift(date: from.date + -nights),
            through: Shift(date: from.date + -1)
        ).report().total
    }
}
