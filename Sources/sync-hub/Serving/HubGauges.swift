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

    @Sendable func all() throws -> [HubGauge] {
        let status = try store.status()
        let now = Environment.system.nowMilliseconds()
        let devices = try store.devices()
        let active = devices.filter { !$0.device.isRevoked }
        // One that has just joined has not been seen either.
        let limit = now - HealthLimits.unseenDays * HealthLimits.dayMilliseconds
        let stale = active.count { $0.lastSeen ?? now < limit }
        let behind = max(0, status.facts.lastReceivedAt - now)
        return try [
            HubGauge(
                "fieldsync_build_info", "The program.",
                [("{version=\"\(ProgramVersion.current)\"}", 1)]),
            HubGauge(
                "fieldsync_devices", "Devices that were let in.",
                [
                    ("{state=\"active\"}", Double(active.count)),
                    ("{state=\"revoked\"}", Double(devices.count - active.count)),
                ]),
            HubGauge(
                "fieldsync_devices_stale", "Active devices not seen for a week.", Double(stale)),
            HubGauge(
                "fieldsync_conflicts_open", "Conflicts to decide.", Double(status.openConflicts)),
            HubGauge(
                "fieldsync_claims_open", "Changes of a lost history to decide.",
                Double(store.claims().count)),
            HubGauge(
                "fieldsync_epochs", "Histories of the journal.", Double(store.epochs().count)),
            HubGauge(
                "fieldsync_last_backup_timestamp_seconds", "Time of the last verified backup.",
                Double(status.backedUpAt ?? 0) / 1_000),
            HubGauge(
                "fieldsync_batches_since_backup", "Batches that no verified backup holds.",
                Double(max(0, status.facts.position - status.backedUpPosition))),
            HubGauge(
                "fieldsync_clock_behind_seconds", "How far the clock is behind the last receipt.",
                Double(behind) / 1_000),
        ] + disk()
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
