import Foundation
import SyncClient
import SyncProtocol
import Synchronization

/// What a load run saw, from any task.
final class LoadFigures: Sendable {
    private struct Seen {
        var changes = 0
        var pushes: [Double] = []
        var pulls: [Double] = []
        var tryAgain = 0
        var other: [String: Int] = [:]
        var longestPause = Duration.zero
        var traffic = Traffic()
    }

    private let seen = Mutex(Seen())

    func count(changes: Int) { seen.withLock { $0.changes += changes } }

    /// - Parameter path: of the call that took so many milliseconds.
    func add(_ milliseconds: Double, path: String) {
        seen.withLock { seen in
            if path == "/v1/batches" { seen.pushes.append(milliseconds) }
            if path == "/v1/changes" { seen.pulls.append(milliseconds) }
        }
    }

    func add(traffic: Traffic) {
        seen.withLock { seen in
            seen.traffic.sent += traffic.sent
            seen.traffic.received += traffic.received
            seen.traffic.roundTrips += traffic.roundTrips
        }
    }

    func pause(_ pause: Duration) {
        seen.withLock { $0.longestPause = max($0.longestPause, pause) }
    }

    /// Counts an answer that was no success: what may be repeated, and what should not be there.
    func count(_ error: any Error) {
        let isTemporary: Bool =
            switch error {
            case let fault as TransportFault: fault.kind == .unreachable || fault.kind == .timeout
            case let error as WireError: error.code.status == 503
            // A proxy's own page, without a hub behind it.
            case let answer as ForeignAnswer: [502, 503, 504].contains(answer.status)
            case let refused as RefusedPush: [502, 503, 504].contains(refused.status)
            default: false
            }
        seen.withLock { seen in
            if isTemporary { seen.tryAgain += 1 } else { seen.other["\(error)", default: 0] += 1 }
        }
    }

    func outcome(seconds: Double, devices: Int, equal: Int) -> LoadOutcome {
        let seen = seen.withLock { $0 }
        return LoadOutcome(
            seconds: seconds, devices: devices, equal: equal, changes: seen.changes,
            pushes: seen.pushes, pulls: seen.pulls, tryAgain: seen.tryAgain, other: seen.other,
            longestPause: seen.longestPause, traffic: seen.traffic)
    }
}

struct LoadOutcome {
    let seconds: Double
    let devices: Int
    let equal: Int
    let changes: Int
    let pushes: [Double]
    let pulls: [Double]
    let tryAgain: Int
    let other: [String: Int]
    let longestPause: Duration
    let traffic: Traffic

    var table: String {
        "| devices | changes | s | pushes/s | p50 | p95 | p99 | pulls/s | p50 | p95 | p99 | sent "
            + "| received | try again | other | longest pause | equal |\n"
            + "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
            + "| \(devices) | \(changes) | \(text(seconds)) | \(series(pushes)) | \(series(pulls)) "
            + "| \(text(Double(traffic.sent) / 1e6)) MB | \(text(Double(traffic.received) / 1e6)) MB "
            + "| \(tryAgain) | \(other.values.reduce(0, +)) "
            + "| \(text(longestPause / .seconds(1))) s | \(equal) |"
            + other.map { "\n\($0.value) × \($0.key)" }.joined()
    }

    private func series(_ times: [Double]) -> String {
        String(
            format: "%.0f | %.0f ms | %.0f ms | %.0f ms", Double(times.count) / seconds,
            times.percentile(0.5), times.percentile(0.95), times.percentile(0.99))
    }

    private func text(_ number: Double) -> String { String(format: "%.1f", number) }

    var json: String {
        func figure(_ value: Double) -> String { value.isNaN ? "null" : String(value) }
        let members = [
            "\"devices\":\(devices)", "\"changes\":\(changes)", "\"seconds\":\(figure(seconds))",
            "\"pushes\":\(pushes.count)", "\"receipts\":\(pushes.count)",
            "\"pulls\":\(pulls.count)", "\"try_again\":\(tryAgain)",
            "\"other\":["
                + other.map { "\"" + $0.key.filter { $0 != "\"" && $0 != "\\" } + "\"" }
                .joined(separator: ",") + "]",
            "\"longest_pause_ms\":\(figure(longestPause / .milliseconds(1)))",
            "\"p50_ms\":\(figure(pushes.percentile(0.5)))",
            "\"p95_ms\":\(figure(pushes.percentile(0.95)))",
            "\"p99_ms\":\(figure(pushes.percentile(0.99)))",
            "\"sent\":\(traffic.sent)", "\"received\":\(traffic.received)", "\"equal\":\(equal)",
        ]
        return "{" + members.joined(separator: ",") + "}\n"
    }
}
