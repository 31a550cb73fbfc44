import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

/// How far devices are behind the head, by what they are (their role).
///
/// A device that syncs gets all there is; so what it lacks is what came since its last visit. The
/// middle one of a role tells whether the role works; the last one, whom to look for.
struct DeviceLag {
    private static let roles: [Role] = [.lead, .auditor, .operator]

    /// What the middle and the last device of each role have not fetched; 0 without such a device.
    private let lags: [(labels: String, batches: Int64, milliseconds: Int64)]

    /// - Parameters:
    ///   - devices: those that are let in.
    ///   - now: milliseconds since 1970.
    /// - Throws: `StoreError`.
    init(of devices: [DeviceStanding], in store: SQLHubStore, now: Int64) throws {
        lags = try Self.roles.flatMap { role in
            // One that has joined and never came has nothing to be behind of yet.
            let ofRole = devices.filter { $0.device.role == role.rawValue && $0.lastSeen != nil }
                .sorted { $0.lastSeen ?? 0 > $1.lastSeen ?? 0 }
            let ranks = [("median", (ofRole.count - 1) / 2), ("worst", ofRole.count - 1)]
            return try ranks.map { rank, index in
                let device = ofRole.isEmpty ? nil : ofRole[index]
                let batches = try device.flatMap { try store.missed(by: $0) }?.batches ?? 0
                let away = device?.lastSeen.map { max(0, now - $0) } ?? 0
                return (
                    "{role=\"\(role.rawValue)\",rank=\"\(rank)\"}", batches,
                    batches == 0 ? 0 : away
                )
            }
        }
    }

    var gauges: [HubGauge] {
        [
            HubGauge(
                "fieldsync_lag_batches",
                "Batches that came since the visit of the median and the last device of a role.",
                lags.map { ($0.labels, Double($0.batches)) }),
            HubGauge(
                "fieldsync_lag_seconds",
                "Time since that visit; 0 if nothing came since.",
                lags.map { ($0.labels, Double($0.milliseconds) / 1_000) }),
        ]
    }
}
