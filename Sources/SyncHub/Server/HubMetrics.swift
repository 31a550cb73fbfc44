import SyncProtocol
import Synchronization

/// A figure that whoever serves a hub adds to `GET /metrics`.
public struct HubGauge: Sendable {
    public let name: String
    public let help: String
    /// With labels (`{state="active"}`), or without (``).
    public let values: [(labels: String, value: Double)]

    public init(_ name: String, _ help: String, _ values: [(labels: String, value: Double)]) {
        self.name = name
        self.help = help
        self.values = values
    }

    public init(_ name: String, _ help: String, _ value: Double) {
        self.init(name, help, [("", value)])
    }
}

/// Reads figures, at each scrape.
public typealias GaugeReader = @Sendable () throws -> [HubGauge]

/// Counts and times for `GET /metrics`, in Prometheus' text format 0.0.4, named by its conventions:
/// https://prometheus.io/docs/practices/naming/
final class HubMetrics: Sendable {
    private struct Series: Hashable {
        let call: String
        let status: Int
    }

    private struct Times {
        /// Of each bound, and of all that took longer.
        var counts = [Int](repeating: 0, count: HubMetrics.bounds.count + 1)
        var sum = 0.0
    }

    private struct Seen {
        var requests: [Series: Int] = [:]
        var times: [String: Times] = [:]
        var refused: [String: Int] = [:]
    }

    /// Paths that are no calls are counted as one, so that a scan cannot fill memory.
    private static let calls = Set(HubCall.allCases.map(\.path) + ["/tile"])
    /// In seconds.
    private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let store: any HubStore
    private let gauges: GaugeReader
    private let seen = Mutex(Seen())

    /// - Parameter gauges: what else there is to tell; asked at each scrape.
    init(
        store: any HubStore, gauges: @escaping GaugeReader = { [] }
    ) {
        self.store = store
        self.gauges = gauges
    }

    /// - Parameters:
    ///   - code: of the error, where it was one.
    ///   - duration: nil for a stream, which lasts as long as somebody watches.
    func count(path: String, status: Int, code: String? = nil, duration: Duration? = nil) {
        let call = Self.calls.contains(path) ? path : "other"
        seen.withLock { seen in
            seen.requests[Series(call: call, status: status), default: 0] += 1
            if let code { seen.refused[code, default: 0] += 1 }
            guard let duration else { return }
            let seconds = duration / .seconds(1)
            let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            seen.times[call, default: Times()].counts[place] += 1
            seen.times[call]?.sum += seconds
        }
    }

    /// - Parameters:
    ///   - isReady: whether the hub takes batches.
    ///   - watchers: streams that are open.
    func text(isReady: Bool, watchers: Int) throws -> String {
        let facts = try store.facts()
        var lines: [String] = []
        func gauge(_ gauge: HubGauge) {
            lines.append("# HELP \(gauge.name) \(gauge.help)")
            lines.append("# TYPE \(gauge.name) gauge")
            for (labels, value) in gauge.values {
                lines.append("\(gauge.name)\(labels) \(Self.number(value))")
            }
        }
        gauge(HubGauge("fieldsync_position", "Batches in the journal.", Double(facts.position)))
        gauge(
            HubGauge(
                "fieldsync_last_receipt_timestamp_seconds", "Time of the last receipt.",
                Double(facts.lastReceivedAt) / 1_000))
        gauge(HubGauge("fieldsync_ready", "Whether the hub takes batches.", isReady ? 1 : 0))
        gauge(
            HubGauge(
                "fieldsync_split", "Whether a second hub on this key was shown.",
                facts.split == nil ? 0 : 1))
        gauge(
            HubGauge("fieldsync_watchers", "Streams of /v1/live that are open.", Double(watchers)))
        for one in try gauges() { gauge(one) }
        write(seen.withLock { $0 }, to: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private func write(_ seen: Seen, to lines: inout [String]) {
        lines += [
            "# HELP fieldsync_requests_total Requests by call and status.",
            "# TYPE fieldsync_requests_total counter",
        ]
        for (series, count) in seen.requests.sorted(by: {
            ($0.key.call, $0.key.status) < ($1.key.call, $1.key.status)
        }) {
            lines.append(
                "fieldsync_requests_total{call=\"\(series.call)\",status=\"\(series.status)\"} "
                    + "\(count)")
        }
        lines += [
            "# HELP fieldsync_refused_total Requests that were refused, by error code.",
            "# TYPE fieldsync_refused_total counter",
        ]
        for (code, count) in seen.refused.sorted(by: { $0.key < $1.key }) {
            lines.append("fieldsync_refused_total{code=\"\(code)\"} \(count)")
        }
        let name = "fieldsync_request_duration_seconds"
        lines += ["# HELP \(name) Time until a request was answered.", "# TYPE \(name) histogram"]
        for (call, times) in seen.times.sorted(by: { $0.key < $1.key }) {
            var total = 0
            for (bound, count) in zip(Self.bounds, times.counts) {
                total += count
                lines.append(
                    "\(name)_bucket{call=\"\(call)\",le=\"\(Self.number(bound))\"} \(total)")
            }
            total += times.counts[Self.bounds.count]
            lines.append("\(name)_bucket{call=\"\(call)\",le=\"+Inf\"} \(total)")
            lines.append("\(name)_sum{call=\"\(call)\"} \(times.sum)")
            lines.append("\(name)_count{call=\"\(call)\"} \(total)")
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
