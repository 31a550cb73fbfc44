import SyncClient
import SyncProtocol
import Synchronization

/// Times each request of another transport.
final class TimedTransport: HubTransport {
    private let inner: HTTPTransport
    private let times: RequestTimes
    /// Ends the sync with `NoRepair` where the device would begin to compare its records.
    private let isWithoutRepair: Bool

    struct NoRepair: Error {}

    init(_ inner: HTTPTransport, _ times: RequestTimes, isWithoutRepair: Bool = false) {
        self.inner = inner
        self.times = times
        self.isWithoutRepair = isWithoutRepair
    }

    var traffic: Traffic { get async { await inner.traffic } }

    func send(_ request: WireRequest) async throws -> WireAnswer {
        if isWithoutRepair, request.path == "/v1/digest" { throw NoRepair() }
        let start = ContinuousClock.now
        let answer = try await inner.send(request)
        times.add((ContinuousClock.now - start) / .milliseconds(1))
        return answer
    }
}

/// Milliseconds of requests, from any task.
final class RequestTimes: Sendable {
    private let times = Mutex<[Double]>([])

    func add(_ milliseconds: Double) { times.withLock { $0.append(milliseconds) } }

    var all: [Double] { times.withLock { $0 } }
}
