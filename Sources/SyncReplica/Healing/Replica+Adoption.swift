import SyncCore
import SyncProtocol
import SyncStore
import Synchronization

// Handing others' work back to a hub that lost it. Source: Protocol/README.md §11.4.

extension Replica {
    /// Seals what is held aside and the hub lacks into adopting batches. What the hub has is no
    /// longer held.
    ///
    /// Call with every own batch receipted and every record's hub state known.
    ///
    /// - Returns: the numbers of the batches, ascending.
    public func sealAdoption() throws -> [Int64] {
        let key = try signingKey()
        let now = environment.nowMilliseconds()
        let (numbers, last) = try file.write { store -> ([Int64], HeldBatch?) in
            try Self.check(key, store)
            let aside = AsideTable(store)
            guard try !aside.hasStale(), try BatchTable(store).unreceipted().isEmpty else {
                return ([], nil)
            }
            var sealer = try AdoptionSealer(store, key: key, now: now)
            let records = RecordTable(store)
            // Rarely is there a record of which the hub lacks nothing.
            var laid: Overlay?
            var sequence: Int64 = 0
            while true {
                let rows = try aside.unsealed(after: sequence, limit: AdoptionSealer.rowsAtOnce)
                guard let end = rows.last?.sequence else { break }
                sequence = end
                for var row in rows where try !sealer.take(row) {
                    row.held = nil
                    let overlay = try laid ?? Overlay(store, device: try Self.deviceID(store))
                    laid = overlay
                    let position = try records.record(row.key)?.position ?? 0
                    try Self.show(row, at: row.hub == nil ? nil : position, records, overlay)
                    try aside.remove(row.key)
                }
            }
            try sealer.finish()
            try records.finish()
            return (sealer.numbers, sealer.last)
        }
        if let last { lastSealed.withLock { $0 = last } }
        return numbers
    }

    /// What the hub's ruling on an adopting batch means for what is held aside.
    static func settleAside(
        _ batch: SealedBatch, _ verdict: Verdict, _ records: RecordTable,
        _ store: StoreConnection
    ) throws {
        let aside = AsideTable(store)
        guard let lost = batch.adopts else { return try settleOwn(batch, verdict, aside) }
        let keys = try aside.keys(inBatch: batch.number)
        guard !verdict.quarantined.contains(where: { $0.reason == "head_held" }) else {
            // That history is not lost after all: the rest is handed back by another head.
            try store.run(
                "DELETE FROM lost_heads WHERE epoch = ? AND size = ?",
                .blob(lost.head.epoch.bytes), .integer(lost.head.size))
            try store.run(
                "UPDATE aside SET batch = NULL WHERE batch = ?", .integer(batch.number))
            return
        }
        let claimed = Set(verdict.quarantined.map { batch.key($0.change) })
        try raise(
            ReplicaKey.handedBack, by: Int64(Set(keys).subtracting(claimed).count), store)
        if !claimed.isEmpty {
            let overlay = try Overlay(store, device: try deviceID(store))
            for key in keys where claimed.contains(key) {
                guard var row = try aside.row(key) else { continue }
                row.held = nil
                let position = try records.record(key)?.position ?? 0
                try show(row, at: row.hub == nil ? nil : position, records, overlay)
            }
        }
        try aside.remove(inBatch: batch.number)
    }

    /// What the hub took of this device's own work again is not handed back besides.
    private static func settleOwn(
        _ batch: SealedBatch, _ verdict: Verdict, _ aside: AsideTable
    ) throws {
        guard try !aside.isEmpty() else { return }
        for (index, stamp) in batch.effectiveStamps(verdict).enumerated() {
            guard let effective = stamp else { continue }
            // Nearly always just what the change wrote is held.
            if try aside.remove(batch.key(index), holding: batch.state(madeBy: index)) { continue }
            guard var row = try aside.row(batch.key(index)), row.held != nil, row.isKnown else {
                continue
            }
            let change = try batch.change(index)
            let claimed = Stamp(time: change.stamp, device: batch.device)
            let rest = row.held?.fields.filter { field in
                let stamp = field.register.stamp
                let isOwn = change.set.contains { $0.name == field.name }
                return !(isOwn && (stamp == claimed || stamp == effective))
            }
            guard let rest, !rest.isEmpty else {
                try aside.remove(row.key)
                continue
            }
            var hub = row.hub ?? RecordState(row.key)
            for assignment in change.set {
                hub.merge(assignment.name, Register(assignment.value, effective))
            }
            // A change that only settles a conflict writes nothing.
            row.hub = hub.fields.isEmpty ? nil : hub
            row.held = RecordState(row.key, fields: rest)
            try aside.put(row)
        }
    }

    /// Counts the changes of a batch that a lost history had receipted already.
    static func countHealing(
        _ batch: SealedBatch, _ batches: BatchTable, _ store: StoreConnection
    ) throws {
        guard try MetaTable(store).integer(ReplicaKey.commonSize) != nil, batch.adopts == nil,
            try batches.firstReceipt(batch.number) != nil
        else { return }
        try raise(ReplicaKey.sentAgain, by: Int64(batch.count), store)
    }

    static func raise(_ key: String, by number: Int64, _ store: StoreConnection) throws {
        let meta = MetaTable(store)
        try meta.set(key, .integer((try meta.integer(key) ?? 0) + number))
    }
}

/// Gathers adopting changes and seals them, batch by batch, within one transaction.
private struct AdoptionSealer {
    /// Rows of what is held that are in memory together.
    static let rowsAtOnce = 1_000
    private static let bytesPerBatch = Limits.batchBytes - BatchBuilder.adoptingOverheadBytes
    /// Fields are handed back in several changes where one would be too large.
    private static let bytesPerChange = Limits.changeBytes / 2

    private let store: StoreConnection
    private let key: SigningKey
    private let now: Int64
    private let lost: SignedHead?
    private let space: SpaceID
    private var clock: HybridClock
    private var changes: [[UInt8]] = []
    private var rows: [Int64] = []
    private var byteCount = 0
    private(set) var numbers: [Int64] = []
    /// The last batch that was sealed.
    private(set) var last: HeldBatch?

    init(_ store: StoreConnection, key: SigningKey, now: Int64) throws {
        self.store = store
        self.key = key
        self.now = now
        clock = try HybridClock(store)
        var heads: [SignedHead] = []
        try store.each("SELECT head FROM lost_heads") {
            heads.append(try SignedHead(encoded: $0.array(0)))
        }
        lost = heads.max { ($0.head.time, $0.head.size) < ($1.head.time, $1.head.size) }
        guard let bytes = try MetaTable(store).blob(ReplicaKey.space),
            let space = SpaceID(bytes: bytes)
        else { throw ReplicaFault.notJoined }
        self.space = space
    }

    /// - Returns: false if the hub lacks nothing of what is held.
    mutating func take(_ row: AsideTable.Row) throws -> Bool {
        guard lost != nil, let held = row.held else { return false }
        let fields = Self.lacking(held, row.hub)
        guard !fields.isEmpty else { return false }
        var part: [RecordState.Field] = []
        var partBytes = 0
        for field in fields {
            let size = field.register.value.bytes.count + 160
            if partBytes + size > Self.bytesPerChange, !part.isEmpty {
                try append(part, row)
                (part, partBytes) = ([], 0)
            }
            part.append(field)
            partBytes += size
        }
        try append(part, row)
        return true
    }

    /// The registers that the hub lacks or holds otherwise. A conflict's row comes back whole.
    private static func lacking(
        _ held: RecordState, _ hub: RecordState?
    ) -> [RecordState.Field] {
        switch held.key.collection {
        case HubCollection.epochs: return []
        case HubCollection.conflicts:
            let isClosed = held["resolved"]?.value == .true
            let isOpenThere = hub?["resolved"]?.value != .true
            return hub == nil || (isClosed && isOpenThere) ? held.fields : []
        default:
            return held.fields.filter { field in
                guard let present = hub?[field.name] else { return true }
                let stamp = field.register.stamp
                return stamp > present.stamp
                    || stamp != present.stamp && field.register.value != present.value
            }
        }
    }

    private mutating func append(_ fields: [RecordState.Field], _ row: AsideTable.Row) throws {
        let time = try clock.issue(wallMilliseconds: now)
        var was: [String: Stamp] = [:]
        for field in fields { was[field.name] = row.hub?[field.name]?.stamp }
        let change = Change(
            row.key, set: fields.map { .init($0.name, $0.register.value) }, stamp: time, was: was,
            stamps: Dictionary(
                uniqueKeysWithValues: fields.map { ($0.name, $0.register.stamp) })
        ).canonicalBytes
        let isFull =
            changes.count == Limits.changesPerBatch
            || byteCount + change.count + 1 > Self.bytesPerBatch
        if isFull { try seal() }
        changes.append(change)
        if let sequence = row.sequence { rows.append(sequence) }
        byteCount += change.count + 1
    }

    private mutating func seal() throws {
        guard !changes.isEmpty else { return }
        let batches = BatchTable(store)
        let last = try batches.lastNumber()
        guard let previous = try batches.hash(of: last) else { throw ReplicaFault.notJoined }
        var header = BatchBuilder.Header(
            space: space, number: last + 1, previous: previous, sealedAt: now)
        header.adopts = lost
        let bytes = Array(changes.joined(separator: [UInt8(ascii: ",")]))
        let batch = try BatchBuilder.seal(changes: bytes, header: header, key: key)
        self.last = try batches.insert(batch)
        let aside = AsideTable(store)
        for row in rows { try aside.seal(row, in: batch.number) }
        numbers.append(batch.number)
        (changes, rows, byteCount) = ([], [], 0)
    }

    /// Seals what is left. Call once, last.
    mutating func finish() throws {
        try seal()
        try clock.store(store)
    }
}
