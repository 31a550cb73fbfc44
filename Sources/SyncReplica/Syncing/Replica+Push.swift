import SyncCore
public import SyncProtocol
import SyncStore
import Synchronization

extension Replica {
    /// Where a session begins: what it will push, and up to which save.
    public struct SessionStart: Sendable {
        /// Sealed batches without a receipt, ascending.
        public let unreceipted: [Int64]
        /// Saves up to this one are sealed in this session; later ones wait for the next.
        public let mark: Int64
    }

    public func beginSession() throws -> SessionStart {
        try widenWay()
        return try file.read { store in
            SessionStart(
                unreceipted: try BatchTable(store).unreceipted(),
                mark: try PendingTable(store).lastSequence())
        }
    }

    /// Seals the next batch of what was saved up to `mark`.
    ///
    /// - Returns: its number; nil if nothing is left to seal.
    /// - Throws: `ReplicaFault`, `StoreError`.
    public func sealNext(upTo mark: Int64) throws -> Int64? {
        let key = try signingKey()
        let now = environment.nowMilliseconds()
        let sealed: HeldBatch? = try file.write { store in
            try Self.check(key, store)
            let pending = PendingTable(store)
            let rows = try pending.nextRows(upTo: mark)
            guard let first = rows.first else { return nil }
            let batches = BatchTable(store)
            let last = try batches.lastNumber()
            guard let previous = try batches.hash(of: last),
                let space = try MetaTable(store).blob(ReplicaKey.space),
                let spaceID = SpaceID(bytes: space)
            else { throw ReplicaFault.notJoined }
            var header = BatchBuilder.Header(
                space: spaceID, number: last + 1, previous: previous, sealedAt: now)
            header.formerly = try first.formerly.map {
                .init(device: $0, number: try IdentityTable(store).shared($0) ?? 0)
            }
            let changes = Array(rows.map(\.changes).joined(separator: [UInt8(ascii: ",")]))
            let batch = try BatchBuilder.seal(changes: changes, header: header, key: key)
            let held = try batches.insert(batch)
            try pending.markSealed(rows, batch: batch.number)
            return held
        }
        guard let sealed else { return nil }
        lastSealed.withLock { $0 = sealed }
        return sealed.batch.number
    }

    /// Another process may have taken a new key meanwhile.
    static func check(_ key: SigningKey, _ store: StoreConnection) throws {
        guard try MetaTable(store).blob(ReplicaKey.publicKey) == key.publicKey.bytes else {
            throw StoreError(.locked, path: "", detail: "the key was renewed")
        }
    }

    /// A sealed batch as it is sent: with what a history that was lost said of it.
    ///
    /// - Throws: `StoreError` (locked) if another process has sealed that number anew.
    public func push(_ number: Int64) throws -> PushRequest {
        let held = lastSealed.withLock(\.self)
        guard let push = try file.read({ try BatchTable($0).push(number, held: held) }) else {
            throw StoreError(.locked, path: path, detail: "batch \(number) was sealed anew")
        }
        return push
    }

    /// A sealed batch, to be sent byte for byte.
    ///
    /// - Throws: `StoreError` (locked) if another process has sealed that number anew.
    public func batch(_ number: Int64) throws -> SealedBatch {
        guard let batch = try file.read({ try BatchTable($0).batch(number) }) else {
            throw StoreError(.locked, path: path, detail: "batch \(number) was sealed anew")
        }
        return batch
    }

    /// Unseals a batch that the hub refused, and those after it, and keeps the offending change
    /// aside. A batch with a receipt is left as it is.
    ///
    /// The number is sealed again, without that change, by the next `sealNext`.
    ///
    /// - Returns: the new mark up to which the session seals.
    public func setAside(batch number: Int64, change index: Int, reason: String) throws -> Int64 {
        let now = environment.nowMilliseconds()
        return try file.write { store in
            let pending = PendingTable(store)
            guard let refused = try BatchTable(store).batch(number),
                refused.changes.indices ~= index,
                var parts = try Self.unseal(from: number, store)
            else { return try pending.lastSequence() }
            let offending = parts[0].changes.remove(at: index)
            try pending.putBack(parts, savedAt: now)
            try store.run(
                "INSERT INTO held(change, reason, held_at) VALUES(?, ?, ?)",
                .blob(offending.canonicalBytes), .text(reason), .integer(now))
            try Self.withdraw(offending.key, store)
            return try pending.lastSequence()
        }
    }

    /// Takes batches without a receipt apart.
    ///
    /// - Returns: what was in them, in order; nil if there is no such batch, or one that cannot be
    ///   sealed anew.
    static func unseal(
        from number: Int64, _ store: StoreConnection
    ) throws -> [(changes: [Change], formerly: DeviceID?)]? {
        let batches = BatchTable(store)
        let unsealed = try batches.unreceipted().filter { $0 >= number }
        guard unsealed.first == number, let first = try batches.batch(number),
            // What is handed back is not pending: it is sealed anew from what is held aside.
            first.adopts == nil
        else { return nil }
        var parts: [(changes: [Change], formerly: DeviceID?)] = []
        for sealed in unsealed {
            guard let batch = try batches.batch(sealed) else { continue }
            if batch.adopts == nil {
                parts.append(
                    (try (0..<batch.count).map { try batch.change($0) }, batch.formerly?.device))
            }
            try PendingTable(store).removeSealed(batch: sealed)
            try store.run("UPDATE aside SET batch = NULL WHERE batch = ?", .integer(sealed))
            try batches.remove(sealed)
        }
        return parts
    }

    /// Takes back what a change kept aside did to its record: one that the hub does not have goes,
    /// and everything is pulled afresh, since this device cannot tell which that is.
    private static func withdraw(_ key: RecordKey, _ store: StoreConnection) throws {
        let records = RecordTable(store)
        let overlay = try Overlay(store, device: try deviceID(store))
        if let stored = try records.record(key), stored.position == 0, !overlay.names(key) {
            try records.remove(stored)
            try records.finish()
        }
        try MetaTable(store).set(ReplicaKey.cursor, nil)
        try MetaTable(store).set(ReplicaKey.isFresh, 1)
    }
}

extension PendingTable {
    /// Puts changes before everything that is pending: they were saved earlier.
    ///
    /// - Parameter parts: in order; each with the device under whose key it was first saved.
    func putBack(
        _ parts: [(changes: [Change], formerly: DeviceID?)], savedAt: Int64
    ) throws {
        try store.execute(
            "CREATE TEMP TABLE later AS SELECT * FROM pending WHERE batch IS NULL")
        try store.run("DELETE FROM pending WHERE batch IS NULL")
        for part in parts { try append(part.changes, savedAt: savedAt, formerly: part.formerly) }
        try store.execute(
            "INSERT INTO pending(saved_at, count, last_stamp, changes, formerly, claimed_by, "
                + "first_row, last_row) SELECT saved_at, count, last_stamp, changes, formerly, "
                + "claimed_by, first_row, last_row FROM later ORDER BY sequence")
        try store.execute("DROP TABLE later")
    }

    /// Divides rows that are larger than they may be now.
    func split() throws {
        let limit = try PendingWriter.bytesPerRow(store)
        try NamedRecords(store).releaseUnsealed()
        let large = try store.integer(
            "SELECT count(*) FROM pending WHERE batch IS NULL AND claimed_by IS NULL "
                + "AND count > 1 AND length(changes) > ?", .integer(Int64(limit)))
        guard large > 0 else { return }
        // In order, those that are not divided among them.
        try store.execute(
            "CREATE TEMP TABLE later AS SELECT * FROM pending WHERE batch IS NULL")
        try store.run("DELETE FROM pending WHERE batch IS NULL")
        try store.each(
            "SELECT sequence, saved_at, count, changes, formerly, claimed_by FROM later "
                + "ORDER BY sequence"
        ) { row in
            let formerly = row.isNull(4) ? nil : DeviceID(bytes: row.bytes(4))
            guard row.isNull(5), row.integer(2) > 1, row.bytes(3).count > limit else {
                return try store.run(
                    "INSERT INTO pending(saved_at, count, last_stamp, changes, formerly, "
                        + "claimed_by) SELECT saved_at, count, last_stamp, changes, formerly, "
                        + "claimed_by FROM later WHERE sequence = ?", .integer(row.integer(0)))
            }
            try append(
                Self.changes(row.array(3)), savedAt: row.integer(1), formerly: formerly)
        }
        try store.execute("DROP TABLE later")
    }
}
