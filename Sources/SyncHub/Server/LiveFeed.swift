// Who waits for a space to move on is told where it stands.
//
// Problem: a device that polls learns of a stop when its turn comes, and a thousand of them that
// poll every second are a thousand reads a second.
// Idea: one position for all of them. A push that this process took tells it at once; what other
// processes took is found by two looks a second, while anybody waits. Nothing is believed from it:
// whoever is told comes and pulls.

import NIOPosix
import SyncProtocol
import Synchronization

/// The watchers of one space.
final class LiveFeed: Sendable {
    private struct State {
        var position: Int64 = 0
        var watchers: [UInt64: AsyncStream<Int64>.Continuation] = [:]
        var nextNumber: UInt64 = 0
        var poller: Task<Void, Never>?
    }

    /// What else writes to the space (another hub over the same database, the operator's commands)
    /// is seen within this time.
    private static let pollPause = Duration.milliseconds(500)
    /// Looks between two signs of life: proxies close what is silent for a minute.
    private static let looksPerBeat = 30

    private let store: any HubStore
    private let pool: NIOThreadPool
    private let limits: ServingLimits
    private let state = Mutex(State())

    init(_ store: any HubStore, pool: NIOThreadPool, limits: ServingLimits = ServingLimits()) {
        self.store = store
        self.pool = pool
        self.limits = limits
    }

    /// A stream of positions, the present one first; the same one again is a sign of life.
    ///
    /// - Throws: `WireError` (not ready) when too many are waiting.
    func watch() async throws -> AsyncStream<Int64> {
        let store = store
        let position = try await pool.runIfActive { try store.facts().position }
        let (stream, continuation) = AsyncStream.makeStream(
            of: Int64.self, bufferingPolicy: .bufferingNewest(1))
        let number = try state.withLock { state throws(WireError) -> UInt64 in
            guard state.watchers.count < limits.watchers.load(ordering: .relaxed) else {
                throw .tooManyWatchers
            }
            // A hub that was put back stands lower than before.
            state.position = position
            state.nextNumber += 1
            state.watchers[state.nextNumber] = continuation
            if state.poller == nil { state.poller = Task { await poll() } }
            continuation.yield(state.position)
            return state.nextNumber
        }
        continuation.onTermination = { [weak self] _ in self?.leave(number) }
        return stream
    }

    private func leave(_ number: UInt64) {
        state.withLock { state in
            state.watchers[number] = nil
            guard state.watchers.isEmpty else { return }
            state.poller?.cancel()
            state.poller = nil
        }
    }

    /// Streams that are open.
    var count: Int { state.withLock { $0.watchers.count } }

    /// The space is at a position now.
    ///
    /// - Parameter known: where it was when that was looked for; nil: it is certain.
    func tell(_ position: Int64, unlessMovedFrom known: Int64? = nil) {
        state.withLock { state in
            guard position != state.position, known ?? state.position == state.position else {
                return
            }
            state.position = position
            for watcher in state.watchers.values { watcher.yield(position) }
        }
    }

    private func beat() {
        state.withLock { state in
            for watcher in state.watchers.values { watcher.yield(state.position) }
        }
    }

    private func poll() async {
        var looks = 0
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.pollPause)
            let store = store
            let before = state.withLock { $0.position }
            // A database that is away has nothing new to tell.
            if let position = try? await pool.runIfActive({ try store.facts().position }) {
                // Whoever told of a push meanwhile knows better than a look that began before.
                tell(position, unlessMovedFrom: before)
            }
            looks += 1
            if looks % Self.looksPerBeat == 0 { beat() }
        }
    }
}

extension WireError {
    static let tooManyWatchers = WireError(
        .hubNotReady, message: "too many devices are watching",
        mend: "nothing is lost: sync without waiting, and watch later")
}
