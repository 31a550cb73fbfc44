import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

/// How far devices are behind the head, by what they are (their role).
///
/// A device that syncs gets all there is; so what it lacks is what came since its last visit. The
/// middle one of a role tells whether the role works; the last one, whom to look for.
struct DeviceLag {
    /// A visit is noted at most once a minute: what came so soon after it may have been fetched.
    private static let seenSlackMilliseconds: Int64 = 60_000
    private static let roles: [Role] = [.lead, .auditor, .operator]
    private static let ranks = ["median", "worst"]

    private let labels: [String]
    private let batches: [Int64]
    private let milliseconds: [Int64]

    /// - Parameters:
    ///   - devices: those that are let in.
    ///   - now: milliseconds since 1970.
    /// - Throws: `StoreError`.
    init(of devices: [DeviceStanding], in store: SQLHubStore, size: Int64, now: Int64) throws {
        var labels: [String] = []
        var standings: [(seen: Int64, position: Int64)?] = []
        for role in Self.roles {
            // One that has joined and never came has nothing to be behind of yet.
            let ofRole = devices.filter { $0.device.role == role.rawValue }
                .compactMap { device in device.lastSeen.map { ($0, device.position) } }
                .sorted { $0.0 > $1.0 }
            for rank in Self.ranks {
                labels.append("{role=\"\(role.rawValue)\",rank=\"\(rank)\"}")
                let index = rank == "median" ? (ofRole.count - 1) / 2 : ofRole.count - 1
                standings.append(ofRole.isEmpty ? nil : (ofRole[index].0, ofRole[index].1))
            }
        }
        let held = try store.positions(
            at: standings.map { ($0?.seen ?? now) + Self.seenSlackMilliseconds })
        self.labels = labels
        batches = zip(standings, held).map { standing, held in
            standing.map { max(0, size - max(held, $0.position)) } ?? 0
        }
        milliseconds = zip(standings, batches).map { standing, batches in
            batches == 0 ? 0 : max(0, now - (standing?.seen ?? now))
        }
    }

    var gauges: [HubGauge] {
        [
            HubGauge(
                "fieldsync_lag_batches",
                "Batches that came since the visit of the median and the last device of a role.",
                zip(labels, batches).map { ($0, Double($1)) }),
            HubGauge(
                "fieldsync_lag_seconds",
                "Time since that visit; 0 if nothing came since.",
                zip(labels, milliseconds).map { ($0, Double($1) / 1_000) }),
        ]
    }
}
