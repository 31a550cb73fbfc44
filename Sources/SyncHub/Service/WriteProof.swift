import SyncCore
import SyncProtocol
import SyncStore
import Synchronization

/// Whether the hub's store takes writes, as a write that was tried lately says.
final class WriteProof: Sendable {
    private struct Finding {
        let time: ContinuousClock.Instant
        let problem: WireError?
    }

    /// How long a finding holds: whoever asks more often costs the disk nothing.
    static let lifetime = Duration.seconds(10)

    /// A write that takes longer than this is a finding too.
    static let patience = Duration.seconds(30)

    private struct State {
        var found: Finding?
        /// When the write under way began.
        var since: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    /// Held by who writes.
    private let writing = Mutex(())
    private let now: @Sendable () -> ContinuousClock.Instant
    private let write: @Sendable () throws -> Void

    /// - Parameter write: commits something durably, or says why it cannot.
    init(
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        write: @escaping @Sendable () throws -> Void
    ) {
        self.now = now
        self.write = write
    }

    /// Nil if the last write went through; else why not. Blocks while it writes; others are told
    /// of the write before, and wait only where there was none.
    func problem() -> WireError? {
        if let known = known() { return known.problem }
        return writing.withLock { _ in
            // Somebody else may have found it meanwhile.
            if let known = known(isFirst: false) { return known.problem }
            let problem: WireError?
            do {
                try write()
                problem = nil
            } catch { problem = WireError.unwritable(error) }
            state.withLock { $0 = State(found: Finding(time: now(), problem: problem)) }
            return problem
        }
    }

    /// What is known; nil: whoever asks has to write.
    private func known(isFirst: Bool = true) -> Finding? {
        state.withLock { state in
            let time = now()
            if let found = state.found, time - found.time < Self.lifetime { return found }
            if isFirst, let since = state.since {
                guard time - since < Self.patience else {
                    return Finding(time: time, problem: .unwritable(StoreError(.locked, path: "")))
                }
                return state.found
            }
            if state.since == nil { state.since = time }
            return nil
        }
    }
}

extension WireError {
    /// What the operator is told of a store that takes no writes.
    fileprivate static func unwritable(_ error: any Error) -> WireError {
        if let error = error as? WireError { return error }
        let (reason, message, mend) =
            switch (error as? StoreError)?.kind {
            case .diskFull:
                ("disk_full", "the hub's disk is full", "free some space; it goes on by itself")
            case .readOnly:
                (
                    "read_only", "the hub's disk is read-only",
                    "make it writable, or free the database; it goes on by itself"
                )
            case .locked:
                ("busy", "the hub's store is busy", "look for what holds it; try again")
            default:
                (
                    "failed", "the hub cannot write to its store",
                    "look at the disk, and at the hub's log"
                )
            }
        return WireError(
            .hubReadOnly, message: message, mend: mend, details: ["reason": .string(reason)])
    }
}
