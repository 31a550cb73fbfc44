public import SyncCore
public import SyncProtocol
import SyncStore

/// What a device asks a pull with. The page counts only for just these values.
public struct PullRequest: Sendable {
    public let cursor: String?
    public let have: Int64
    public let nonce: ID128
    public let head: SignedHead?
    /// The largest own number that was receipted when the device asked: another process may
    /// store more receipts before the answer is judged.
    let lastReceipted: Int64

    /// The request on the wire.
    ///
    /// - Parameter visit: what the device says of itself.
    public func wire(
        token: String, visit: [(name: String, value: String)] = []
    ) -> WireRequest {
        var query = [("have", String(have)), ("nonce", nonce.hex)]
        if let cursor { query.append(("cursor", cursor)) }
        if let head { query.append(("head", head.hash.prefixID.hex)) }
        query += visit
        return WireRequest(.get, "/v1/changes", query: query, token: token)
    }
}

/// What became of a page.
public enum PageOutcome: Sendable, Equatable {
    /// Applied. `digest` tells how the replica compares, on the last page.
    case applied(records: Int, digest: DigestComparison)
    /// Another process had moved the cursor; nothing was changed.
    case outdated
}

/// The replica's digest beside the hub's at the same moment.
public enum DigestComparison: Sendable, Equatable {
    /// More pages follow, or changes are pending: there is nothing to compare.
    case notCompared
    case equal(Hash256)
    case different(own: Hash256, hub: Hash256)

    public var isDifferent: Bool {
        if case .different = self { true } else { false }
    }
}

extension Replica {
    public func pullRequest() throws -> PullRequest {
        let nonce = environment.randomID()
        return try file.read { store in
            let meta = MetaTable(store)
            let head = try meta.blob(ReplicaKey.head).map { try SignedHead(encoded: $0) }
            return PullRequest(
                cursor: try meta.text(ReplicaKey.cursor), have: try Self.have(meta),
                nonce: nonce, head: head,
                lastReceipted: try meta.integer(ReplicaKey.lastReceipted) ?? 0)
        }
    }

    /// The largest own number that is receipted and that this history holds; 0 while pulling
    /// afresh.
    private static func have(_ meta: MetaTable) throws -> Int64 {
        guard try meta.integer(ReplicaKey.isFresh) != 1 else { return 0 }
        return try meta.integer(ReplicaKey.lastReceipted) ?? 0
    }

    /// Judges a verified page against what the device knows of itself and of the hub.
    public func judge(_ page: Page, request: PullRequest) throws -> SyncSession.Answer {
        try file.read { store in
            let batches = BatchTable(store)
            let own = SyncSession.OwnChain(
                lastSealed: try batches.lastNumber(),
                lastReceipted: request.lastReceipted,
                hashBefore: try batches.hash(of: page.nextNumber - 1))
            return SyncSession.Answer(page: page, own: own, held: request.head?.head)
        }
    }

    /// Applies a verified and judged page in one transaction, cursor and head included.
    ///
    /// - Throws: `StoreError`, `JSONError`; nothing is applied then.
    public func apply(_ message: PageMessage, request: PullRequest) throws -> PageOutcome {
        let now = environment.nowMilliseconds()
        return try file.write { store in
            let meta = MetaTable(store)
            guard try meta.text(ReplicaKey.cursor) == request.cursor,
                try Self.have(meta) == request.have,
                try meta.integer(ReplicaKey.lastReceipted) ?? 0 == request.lastReceipted,
                try meta.blob(ReplicaKey.head) == request.head?.encoded
            else { return .outdated }
            let page = message.page
            let records = RecordTable(store)
            var overlay = try Overlay(
                few: store, device: try Self.deviceID(store), from: page.nextNumber)
            let aside = AsideTable(store)
            let healing = try aside.isEmpty() ? nil : Healing(aside, page.nextNumber)
            let repaired = try meta.integer(ReplicaKey.repairFrom)
                .map { HealedTable(store: store, now: now, size: $0) }
            let moved = try message.records.withUnsafeBytes { buffer in
                try Self.put(buffer, into: records, &overlay, repaired, healing, store)
            }
            try MovedTable(store).note(moved, head: page.more ? nil : page.head.head.size)
            try meta.set(ReplicaKey.cursor, .text(page.cursor))
            if !page.more {
                try meta.set(ReplicaKey.isFresh, nil)
                if repaired != nil { try meta.set(ReplicaKey.repairFrom, nil) }
            }
            try Self.note(page, now: now, store)
            try records.finish()
            guard !page.more, try PendingTable(store).isEmpty(), try aside.isEmpty() else {
                return .applied(records: moved.count, digest: .notCompared)
            }
            return .applied(
                records: moved.count,
                digest: DigestComparison(try records.digestRoot(), page.head))
        }
    }

    /// Replaces each record and lays the pending changes over it.
    ///
    /// - Parameter repaired: while everything is pulled anew for a repair, where what is replaced
    ///   is kept.
    private static func put(
        _ buffer: UnsafeRawBufferPointer, into records: RecordTable, _ overlay: inout Overlay,
        _ repaired: HealedTable?, _ healing: Healing?, _ store: StoreConnection
    ) throws -> [(key: RecordKey, position: Int64)] {
        var largest = StampTime.zero
        let slices = try RecordListReader.read(buffer)
        for slice in slices {
            let fields = UnsafeRawBufferPointer(rebasing: buffer[slice.fields])
            largest = max(largest, slice.clock.newest.time)
            try overlay.look(at: slice.key, records, store)
            if let healing, try healing.take(slice, fields, records, overlay) { continue }
            guard overlay.names(slice.key) else {
                let state = UnsafeRawBufferPointer(rebasing: buffer[slice.state])
                // What moved since the repair began is news, not a repair.
                if let repaired, slice.position <= repaired.size {
                    let before = try records.record(slice.key)
                    if before?.hash != MessageKind.record.hash(state) {
                        try repaired.note(
                            slice.key, before: before?.stateBytes, after: Array(state))
                    }
                }
                try records.put(
                    slice.key, fields: fields, clock: slice.clock, position: slice.position,
                    state: state)
                continue
            }
            let pulled = try RecordState(slice.key, fields: fields, clock: slice.clock)
            try records.put(overlay.laid(over: pulled), position: slice.position)
        }
        try see(largest, store)
        return slices.map { ($0.key, $0.position) }
    }

    /// While a history that broke is healed: what is held aside is shown over what comes.
    private struct Healing {
        private let aside: AsideTable
        private let nextNumber: Int64

        init(_ aside: AsideTable, _ nextNumber: Int64) {
            self.aside = aside
            self.nextNumber = nextNumber
        }

        /// - Returns: false if nothing is held aside of the record.
        func take(
            _ slice: RecordSlice, _ fields: UnsafeRawBufferPointer, _ records: RecordTable,
            _ overlay: Overlay
        ) throws -> Bool {
            guard var row = try aside.row(slice.key) else { return false }
            let hub = try RecordState(slice.key, fields: fields, clock: slice.clock)
            (row.hub, row.isKnown) = (hub, true)
            try aside.put(row)
            // An adoption that the hub has ruled already is in what it says.
            let isRuled = row.batch.map { $0 < nextNumber } ?? false
            var shown = hub
            if let held = row.held, !isRuled { shown.merge(held) }
            try records.put(overlay.laid(over: shown), position: slice.position)
            return true
        }
    }

    /// Takes note of a stamp time in what was pulled or receipted.
    static func see(_ time: StampTime, _ store: StoreConnection) throws {
        let meta = MetaTable(store)
        let seen = StampTime(
            rawValue: UInt64(bitPattern: try meta.integer(ReplicaKey.seen) ?? 0))
        if time > seen {
            try meta.set(ReplicaKey.seen, .integer(Int64(bitPattern: time.rawValue)))
        }
        var clock = try HybridClock(store)
        clock.see(time)
        try clock.store(store)
    }

    /// Keeps the head, the hub's time and what it has backed up.
    private static func note(_ page: Page, now: Int64, _ store: StoreConnection) throws {
        let meta = MetaTable(store)
        let head = page.head
        try store.run(
            "INSERT INTO heads(size, epoch, head) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
            .integer(head.head.size), .blob(head.head.epoch.bytes), .blob(head.encoded))
        try meta.set(ReplicaKey.head, .blob(head.encoded))
        try meta.set(ReplicaKey.backedUp, .integer(page.backedUp))
        try meta.set(ReplicaKey.clockDifference, .integer(page.now - now))
        try meta.set(ReplicaKey.pulledSize, page.more ? nil : .integer(head.head.size))
        if !page.more { try meta.set(ReplicaKey.lastSync, .integer(now)) }
    }

    /// Begins to pull everything anew; nothing is removed.
    public func forgetCursor() throws {
        try file.write { store in
            try MetaTable(store).set(ReplicaKey.cursor, nil)
            try MetaTable(store).set(ReplicaKey.isFresh, 1)
        }
    }
}
