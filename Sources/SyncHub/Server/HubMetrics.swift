import SyncProtocol
import Synchronization

/// Counts for `GET /metrics`, in Prometheus' text format 0.0.4.
final class HubMetrics: Sendable {
    private struct Series: Hashable {
        let call: String
        let status: Int
    }

    /// Paths that are no calls are counted as one, so that a scan cannot fill memory.
    private static let calls = Set(HubCall.allCases.map(\.path))

    private let store: any HubStore
    private let requests = Mutex<[Series: Int]>([:])

    init(store: any HubStore) {
        self.store = store
    }

    func count(path: String, status: Int) {
        let call = Self.calls.contains(path) ? path : "other"
        requests.withLock { $0[Series(call: call, status: status), default: 0] += 1 }
    }

    func text() throws -> String {
        let facts = try store.facts()
        var lines = [
            "# HELP fieldsync_position Batches in the journal.",
            "# TYPE fieldsync_position gauge",
            "fieldsync_position \(facts.position)",
            "# HELP fieldsync_last_receipt_seconds Time of the last receipt.",
            "# TYPE fieldsync_last_receipt_seconds gauge",
            "fieldsync_last_receipt_seconds \(Double(facts.lastReceivedAt) / 1_000)",
            "# HELP fieldsync_requests_total Requests by call and status.",
            "# TYPE fieldsync_requests_total counter",
        ]
        let counts = requests.withLock { $0 }
        for (series, count) in counts.sorted(by: {
            ($0.key.call, $0.key.status) < ($1.key.call, $1.key.status)
        }) {
            lines.append(
                "fieldsync_requests_total{call=\"\(series.call)\",status=\"\(series.status)\"} "
                    + "\(count)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
