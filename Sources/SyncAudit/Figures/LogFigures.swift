public import SyncCore
import SyncProtocol
import SyncStore

/// What the batches of a hub's journal, or a device's receipted ones, come to: by device.
public struct LogFigures: Sendable {
    /// By device id.
    public let devices: [DeviceFigures]
    /// Rows of the table, counted apart from the batches that were read.
    public let rows: Int
    /// Rows that could not be read as a batch with its decision.
    public let unreadable: Int

    public struct DeviceFigures: Sendable {
        public let device: DeviceID
        public fileprivate(set) var batches = 0
        public fileprivate(set) var changes = 0
        public fileprivate(set) var quarantined = 0
        /// Changes that the hub gave another stamp.
        public fileprivate(set) var suspect = 0
        public fileprivate(set) var conflicts = 0
        /// Claimed time to receipt, in milliseconds: nil without a change.
        public fileprivate(set) var medianLag: Int64?
        public fileprivate(set) var largestLag: Int64?
        /// Position of its last batch.
        public fileprivate(set) var lastPosition: Int64 = 0
        /// Milliseconds since 1970: when the hub last heard of it, or took its last batch.
        public fileprivate(set) var lastSeen: Int64?
        public fileprivate(set) var isRevoked = false

        /// Changes that became part of the records.
        public var applied: Int { changes - quarantined }
    }

    init(_ store: StoreConnection, isHub: Bool) throws {
        var tally = LogTally()
        let log = BatchLog(store: store, isHub: isHub)
        let damaged = try log.each { tally.take($0) }
        if isHub { try tally.takeEnrolled(store) }
        devices = tally.figures
        unreadable = tally.unreadable + damaged.count
        let table = isHub ? "journal" : "batches WHERE receipt IS NOT NULL"
        rows = Int(clamping: try store.integer("SELECT count(*) FROM \(table)"))
    }
}

private struct LogTally {
    private(set) var unreadable = 0
    private var figuresByDevice: [DeviceID: LogFigures.DeviceFigures] = [:]
    private var lagsByDevice: [DeviceID: [Int64]] = [:]

    mutating func take(_ logged: LoggedBatch) {
        guard let batch = try? logged.batch(), let leaf = try? logged.leaf() else {
            unreadable += 1
            return
        }
        take(batch, leaf)
    }

    private mutating func take(_ batch: SealedBatch, _ leaf: Leaf) {
        let received = leaf.verdict.receivedAt
        update(batch.device) { figures in
            figures.batches += 1
            figures.changes += batch.changes.count
            // A verdict from a damaged file may name more than the batch has.
            figures.quarantined += min(leaf.verdict.quarantined.count, batch.changes.count)
            figures.suspect += min(leaf.verdict.effective.count, batch.changes.count)
            figures.conflicts += leaf.verdict.conflicts.count
            figures.lastPosition = max(figures.lastPosition, leaf.position)
            figures.lastSeen = max(figures.lastSeen ?? received, received)
        }
        lagsByDevice[batch.device, default: []] += batch.changes.map { change in
            let (lag, overflow) = received.subtractingReportingOverflow(change.stamp.milliseconds)
            return overflow ? received : lag
        }
    }

    /// Devices that wrote nothing are lagging too: the hub knows them.
    mutating func takeEnrolled(_ store: StoreConnection) throws {
        try RecordTable(store).each(collection: HubCollection.devices) { found in
            guard let state = try? found.state() else { return }
            update(found.key.id) { $0.isRevoked = state["revoked"]?.value == .true }
        }
        try store.each("SELECT device, at FROM seen") { row in
            guard let device = DeviceID(bytes: row.bytes(0)) else { return }
            let at = row.integer(1)
            update(device) { $0.lastSeen = max($0.lastSeen ?? at, at) }
        }
    }

    private mutating func update(
        _ device: DeviceID, _ change: (inout LogFigures.DeviceFigures) -> Void
    ) {
        change(&figuresByDevice[device, default: LogFigures.DeviceFigures(device: device)])
    }

    var figures: [LogFigures.DeviceFigures] {
        figuresByDevice.values.sorted { $0.device < $1.device }.map { figures in
            var figures = figures
            let lags = (lagsByDevice[figures.device] ?? []).sorted()
            figures.medianLag = lags.isEmpty ? nil : lags[(lags.count - 1) / 2]
            figures.largestLag = lags.last
            return figures
        }
    }
}
