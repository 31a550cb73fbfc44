import OutreachOutput
import OutreachSchema
import SyncCore
import SyncReplica

extension OpenReplica {
    /// The shift that is going on.
    func runningShift() throws -> Shift {
        Shift(containingUTCSeconds: try correctedNow().milliseconds / 1_000, in: zone)
    }

    func period(from: Shift?, through last: Shift?) -> ReplicaPeriod {
        ReplicaPeriod(replica, zone: zone, from: from, through: last)
    }

    /// The figures of a period over all that this device holds.
    func report(
        from: Shift?, through last: Shift?, by grouping: ReportGrouping? = nil,
        also note: (CollectionDescription, RecordView) -> Void = { _, _ in }
    ) throws -> OutreachReport {
        try period(from: from, through: last).report(by: grouping, also: note)
    }
}
