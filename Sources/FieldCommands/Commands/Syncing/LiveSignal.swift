import SyncClient
import SyncProtocol
import SyncReplica

/// Hears of what is new at the hub, as long as a line to it stands; whoever waits is woken.
actor LiveSignal {
    /// Between two attempts to listen again, in seconds, growing: a hub of an older release, or a
    /// proxy that holds everything back, is not asked over and over.
    private static let pauses = [2, 5, 15, 60, 300]
    private static let variation = 0.25

    private let replica: Replica
    /// The last position heard of; nothing is believed from it but that it is another one.
    private var heard: Int64?
    /// Whether something was heard that no sync has answered to.
    private var isCalled = false
    private var waiting: CheckedContinuation<Void, Never>?
    private var listener: Task<Void, Never>?

    init(_ replica: Replica) { self.replica = replica }

    func start() {
        guard listener == nil else { return }
        listener = Task { await listen() }
    }

    func stop() {
        listener?.cancel()
        listener = nil
        wake()
    }

    /// A sync begins: what was heard before it is answered.
    func answer() { isCalled = false }

    /// Between two syncs, whatever is heard.
    private static let leastPause = Duration.seconds(1)

    /// Returns when something was heard since the last sync began, when more saves than `pending`
    /// wait to be sent, or after a time.
    func wait(pending: Int, atMost limit: Duration) async {
        let start = ContinuousClock.now
        await listenUntilCalled(pending: pending, atMost: limit)
        try? await Task.sleep(until: start + Self.leastPause, clock: .continuous)
    }

    private func listenUntilCalled(pending: Int, atMost limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        while !Task.isCancelled, !isCalled, ContinuousClock.now < deadline {
            if let waiting = try? replica.pendingCount(), waiting > pending { return }
            let timer = Task {
                // A machine that slept wakes up past its deadline.
                try? await Task.sleep(for: min(.seconds(1), deadline - ContinuousClock.now))
                wake()
            }
            await withCheckedContinuation { waiting = $0 }
            timer.cancel()
        }
    }

    private func wake() {
        waiting?.resume()
        waiting = nil
    }

    private func hear(_ position: Int64) {
        guard position != heard else { return }
        heard = position
        isCalled = true
        wake()
    }

    private func listen() async {
        var failures = 0
        while !Task.isCancelled {
            do {
                guard let membership = try replica.membership(), let token = replica.token else {
                    return
                }
                let listener = LiveListener(
                    url: membership.url, pin: membership.tls, token: token)
                for try await position in try await listener.positions() {
                    failures = 0
                    hear(position)
                }
            } catch {}
            let pause = Double(Self.pauses[min(failures, Self.pauses.count - 1)])
            failures += 1
            let share = Double.random(in: -Self.variation...Self.variation)
            try? await Task.sleep(for: .seconds(pause * (1 + share)))
        }
    }
}
