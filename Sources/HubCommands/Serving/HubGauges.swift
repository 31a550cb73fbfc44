import CommandKit
import HubKeeping
import SyncCore
import SyncHub
import SyncStore

/// What an operator watches of a hub, beside what its calls tell: the figures of `doctor`.
struct HubGauges: Sendable {
    let store: SQLHubStore
    /// Nil for a hub in a database.
    let folder: String?
    private let figures = JournalFigures()

    init(store: SQLHubStore, folder: String?) {
        self.store = store
        self.folder = folder
    }

    @Sendable func all() throws -> [HubGauge] {
        let now = Environment.system.nowMilliseconds()
        let facts = try store.facts()
        return try devices(facts, now) + journal(facts) + [
            HubGauge(
                "fieldsync_build_info", "The program.",
                [("{version=\"\(ProgramVersion.current)\"}", 1)]),
            HubGauge(
                "fieldsync_epochs", "Histories of the journal.", Double(store.epochs().count)),
            HubGauge(
                "fieldsync_clock_behind_seconds", "How far the clock is behind the last receipt.",
                Double(max(0, facts.lastReceivedAt - now)) / 1_000),
        ] + disk()
    }

    private func devices(_ facts: HubFacts, _ now: Int64) throws -> [HubGauge] {
        let devices = try store.devices()
        let active = devices.filter { !$0.device.isRevoked }
        // One that has just joined has not been seen either.
        let limit = now - HealthLimits.unseenDays * HealthLimits.dayMilliseconds
        let stale = active.count { $0.lastSeen ?? now < limit }
        let lag = try DeviceLag(of: active, in: store, now: now)
        return [
            HubGauge(
                "fieldsync_devices", "Devices that were let in.",
                [
                    ("{state=\"active\"}", Double(active.count)),
                    ("{state=\"revoked\"}", Double(devices.count - active.count)),
                ]),
            HubGauge(
                "fieldsync_devices_stale", "Active devices not seen for a week.", Double(stale)),
        ] + lag.gauges
    }

    private func journal(_ facts: HubFacts) throws -> [HubGauge] {
        let figures = try figures.look(at: store)
        let backup = try store.backupStanding()
        return [
            HubGauge(
                "fieldsync_conflicts_open", "Conflicts to decide.", Double(figures.openConflicts)),
            HubGauge(
                "fieldsync_claims_open", "Changes of a lost history to decide.",
                Double(figures.claims)),
            HubGauge(
                "fieldsync_journal_bytes", "Size of the journal: batches, verdicts and heads.",
                Double(figures.journalBytes)),
            HubGauge(
                "fieldsync_last_backup_timestamp_seconds", "Time of the last verified backup.",
                Double(backup.at ?? 0) / 1_000),
            HubGauge(
                "fieldsync_batches_since_backup", "Batches that no verified backup holds.",
                Double(max(0, facts.position - backup.position))),
        ]
    }

    private func disk() -> [HubGauge] {
        guard let folder else { return [] }
        let path = folder + "/hub.sqlite"
        var gauges = [
            HubGauge(
                "fieldsync_data_bytes", "Size of the hub's file.", Double(PlainFile.size(path))),
            HubGauge(
                "fieldsync_wal_bytes", "Size of its write-ahead log.",
                Double(PlainFile.size(path + "-wal"))),
        ]
        if let free = PlainFile.freeBytes(at: folder) {
            gauges.append(
                HubGauge("fieldsync_disk_free_bytes", "Free beside the data.", Double(free)))
        }
        return gauges
    }
}
