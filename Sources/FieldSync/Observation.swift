import SyncReplica
import Synchronization

/// What a query finds now, and what has become of it since the last time.
public struct Results<Record: SyncedRecord>: Sendable {
    /// In the order in which they were made here.
    public let records: [Stored<Record>]
    public let inserted: [RecordID]
    public let updated: [RecordID]
    /// Deleted, or not found by the query any more.
    public let removed: [RecordID]
}

/// The results of a query, first as they are and then whenever they change: by a save here, by a
/// sync, by another process. Ends when its task is cancelled.
public struct Observation<Record: SyncedRecord & Equatable>: AsyncSequence, Sendable {
    let replica: Replica
    let isIncluded: (@Sendable (Record) -> Bool)?

    public func makeAsyncIterator() -> Iterator {
        Iterator(replica: replica, isIncluded: isIncluded, ticks: replica.signal.ticks())
    }

    public struct Iterator: AsyncIteratorProtocol {
        let replica: Replica
        let isIncluded: (@Sendable (Record) -> Bool)?
        var ticks: ChangeSignal.Ticks
        private var version: String?
        private var last: [RecordID: Stored<Record>]?

        init(
            replica: Replica, isIncluded: (@Sendable (Record) -> Bool)?, ticks: ChangeSignal.Ticks
        ) {
            self.replica = replica
            self.isIncluded = isIncluded
            self.ticks = ticks
        }

        /// - Throws: `FieldSyncError`.
        public mutating func next() async throws -> Results<Record>? {
            while !Task.isCancelled {
                let now = try FieldSyncError.mapping { [replica] in
                    try replica.engine.fileVersion()
                }
                if now != version {
                    // What is saved between the two reads is seen by the next look.
                    version = now
                    let found = try replica.records(Record.self, where: isIncluded)
                    if let results = take(found) { return results }
                }
                await ticks.next()
            }
            return nil
        }

        /// - Returns: nil if nothing is otherwise than before.
        private mutating func take(_ found: [Stored<Record>]) -> Results<Record>? {
            let before = last ?? [:]
            let now = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
            let inserted = found.filter { before[$0.id] == nil }.map(\.id)
            let updated = found.filter { one in before[one.id].map { $0 != one } ?? false }
                .map(\.id)
            let removed = before.keys.filter { now[$0] == nil }.sorted()
            let isFirst = last == nil
            last = now
            guard isFirst || !inserted.isEmpty || !updated.isEmpty || !removed.isEmpty else {
                return nil
            }
            return Results(records: found, inserted: inserted, updated: updated, removed: removed)
        }
    }
}

extension Replica {
    /// The records of a type as they are and whenever they change.
    ///
    /// ```swift
    /// for try await open in replica.observe(Item.self, where: { !$0.isBought }) {
    ///     show(open.records)
    /// }
    /// ```
    public func observe<Record: SyncedRecord & Equatable>(
        _ type: Record.Type = Record.self, where isIncluded: (@Sendable (Record) -> Bool)? = nil
    ) -> Observation<Record> {
        Observation(replica: self, isIncluded: isIncluded)
    }
}

/// Wakes whoever observes a replica.
final class ChangeSignal: Sendable {
    /// What other processes write is seen within this time.
    private static let pause = Duration.milliseconds(300)

    private struct State {
        var waiting: [UInt64: AsyncStream<Void>.Continuation] = [:]
        var next: UInt64 = 0
    }

    private let state = Mutex(State())

    func send() {
        state.withLock { state in for one in state.waiting.values { one.yield() } }
    }

    func ticks() -> Ticks {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.next += 1
            state.waiting[state.next] = continuation
            return state.next
        }
        let timer = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.pause)
                continuation.yield()
            }
        }
        continuation.onTermination = { [weak self] _ in
            timer.cancel()
            self?.state.withLock { _ = $0.waiting.removeValue(forKey: number) }
        }
        return Ticks(stream: stream.makeAsyncIterator())
    }

    /// Something may be new.
    struct Ticks {
        var stream: AsyncStream<Void>.Iterator

        mutating func next() async { await stream.next() }
    }
}
