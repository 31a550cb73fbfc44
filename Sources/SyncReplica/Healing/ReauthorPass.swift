import SyncCore
import SyncProtocol
import SyncStore

/// Authors what an old identity left anew, under the new key, within one transaction.
struct ReauthorPass {
    /// A change that an old identity made, with the ids that its stamp names now and named first.
    private struct Old {
        let change: Change
        let claimedBy: DeviceID
        let formerly: DeviceID
    }

    private let store: StoreConnection
    private let searches: [FormerSearch]
    private let now: Int64
    private let own: DeviceID
    private let records: RecordTable
    /// Whether the hub knows that the old identities were this device's.
    var isProven = true
    private var renamed: [RecordKey: [Stamp: Stamp]] = [:]
    private var touched: Set<RecordKey> = []

    init(_ store: StoreConnection, searches: [FormerSearch], now: Int64) throws {
        self.store = store
        self.searches = searches
        self.now = now
        own = try Replica.deviceID(store)
        records = RecordTable(store)
    }

    mutating func run() throws {
        let old = try archived() + pending()
        var kept: [(change: Change, formerly: DeviceID?)] = []
        for item in old {
            if let change = try judge(item) {
                kept.append((change, isProven ? item.formerly : nil))
            }
        }
        try rewrite(kept)
        try restamp()
        let aside = AsideTable(store)
        for key in touched.sorted() { try aside.ask(key) }
        try records.finish()
    }

    /// Receipted changes that this history does not hold.
    private func archived() throws -> [Old] {
        let identities = IdentityTable(store)
        return try searches.flatMap { search in
            try identities.receipted(of: search.device, above: search.shared)
                .filter { $0.batch.adopts == nil }
                .flatMap { batch, receipt in
                    let quarantined = Set(receipt.leaf.verdict.quarantined.map(\.change))
                    return try (0..<batch.count).filter { !quarantined.contains($0) }.map {
                        Old(
                            change: try batch.change($0), claimedBy: search.device,
                            formerly: batch.formerly?.device ?? search.device)
                    }
                }
        }
    }

    private func pending() throws -> [Old] {
        var found: [Old] = []
        let named = NamedRecords(store)
        try store.each(
            "SELECT claimed_by, formerly, changes, first_row, last_row FROM pending "
                + "WHERE claimed_by IS NOT NULL ORDER BY sequence"
        ) { row in
            guard let claimedBy = DeviceID(bytes: row.bytes(0)),
                let formerly = DeviceID(bytes: row.bytes(1))
            else { throw StoreError(.corrupt, path: "", detail: "pending") }
            for change in try PendingTable.changes(named.changes(row, from: 2)) {
                found.append(Old(change: change, claimedBy: claimedBy, formerly: formerly))
            }
        }
        return found
    }

    /// The change as it is authored anew; nil if it was delivered.
    private mutating func judge(_ old: Old) throws -> Change? {
        let change = old.change
        touched.insert(change.key)
        let claimed = Stamp(time: change.stamp, device: old.claimedBy)
        let place = FormerSearch.Place(key: change.key, time: change.stamp)
        let delivered = searches.flatMap { $0.delivered[place] ?? [] }
        // Nearly always nothing was delivered under the old key.
        let content = delivered.isEmpty ? nil : change.content
        let there = delivered.first { $0.content == content }
        renamed[change.key, default: [:]][claimed] =
            there?.effective ?? Stamp(time: change.stamp, device: own)
        guard there == nil else { return nil }
        return translated(change)
    }

    private func translated(_ change: Change) -> Change {
        let names = renamed[change.key] ?? [:]
        return Change(
            change.key, set: change.set, stamp: change.stamp,
            was: change.was.mapValues { names[$0] ?? $0 }, resolves: change.resolves)
    }

    /// Puts what is authored anew before what was saved under the new key since.
    private mutating func rewrite(_ kept: [(change: Change, formerly: DeviceID?)]) throws {
        var since: [Change] = []
        let named = NamedRecords(store)
        try store.each(
            "SELECT changes, first_row, last_row FROM pending WHERE claimed_by IS NULL "
                + "ORDER BY sequence"
        ) { since += try PendingTable.changes(named.changes($0, from: 0)) }
        try store.run("DELETE FROM pending")
        let pending = PendingTable(store)
        var part: [Change] = []
        var formerly: DeviceID?
        for item in kept {
            if item.formerly != formerly, !part.isEmpty {
                try pending.append(part, savedAt: now, formerly: formerly)
                part = []
            }
            formerly = item.formerly
            part.append(item.change)
        }
        if !part.isEmpty { try pending.append(part, savedAt: now, formerly: formerly) }
        try pending.append(since.map { translated($0) }, savedAt: now)
    }

    /// What is shown takes the new names.
    private func restamp() throws {
        for (key, names) in renamed.sorted(by: { $0.key < $1.key }) {
            guard let stored = try records.record(key) else { continue }
            if stored.clock.older.isEmpty {
                guard let name = names[stored.clock.newest] else { continue }
                try stored.fields.withUnsafeBytes {
                    try records.put(
                        key, fields: $0, clock: RecordClock(newest: name),
                        position: stored.position)
                }
                continue
            }
            var state = try stored.state()
            for field in state.fields {
                guard let name = names[field.register.stamp] else { continue }
                state.put(field.name, Register(field.register.value, name))
            }
            try records.put(state, position: stored.position)
        }
    }
}
