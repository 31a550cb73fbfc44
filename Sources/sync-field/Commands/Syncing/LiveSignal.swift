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
    /// The largest position heard of.
    private var heard: Int64 = 0
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

    /// Returns when the hub has more than a position, when more saves than `pending` wait to be
    /// sent, or after a time.
    func wait(past position: Int64, pending: Int, atMost limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        while !Task.isCancelled, heard <= position, ContinuousClock.now < deadline {
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
        heard = max(heard, position)
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
