public import SyncCore
public import SyncProtocol
import SyncStore

// A new key for a copy. Source: Protocol/README.md §10.

extension Replica {
    /// Makes the request that enrols this file under a new key. Key and token are on disk before
    /// it is returned; every process that uses the file gets the same.
    public func beginNewKey() throws -> JoinRequest {
        guard let membership = try membership() else { throw ReplicaFault.notJoined }
        let old = try signingKey()
        let seed = environment.randomBytes(SigningKey.seedByteCount)
        let token = newToken()
        // The file's write lock keeps two processes from making two keys.
        let next = try file.write { store in
            try Self.check(old, store)
            return try nextKey(ifNone: .init(seed: seed, token: token))
        }
        guard let key = SigningKey(seed: next.seed) else {
            preconditionFailure("32 bytes are a key")
        }
        return JoinRequest(
            former: old, space: membership.hub.space, token: .sha256(Array(next.token.utf8)),
            key: key)
    }

    /// Checks the hub's answer and, if it counts, goes on as the new device: what was sealed and
    /// not receipted is pending again, and is authored anew once the old batches were looked
    /// through.
    ///
    /// Safe to repeat.
    ///
    /// - Returns: the name under which it goes on.
    /// - Throws: `JoinFault`; nothing is changed then.
    public func finishNewKey(_ answer: JoinAnswer, for key: PublicKey) throws -> String {
        guard let membership = try membership() else { throw ReplicaFault.notJoined }
        let enrolled = try answer.verify(key: key, hub: membership.hub)
        try file.write { store in
            let meta = MetaTable(store)
            guard try meta.blob(ReplicaKey.publicKey) != key.bytes else { return }
            try IdentityTable(store).leave(try Self.deviceID(store))
            try meta.set(ReplicaKey.publicKey, .blob(key.bytes))
            try meta.set(ReplicaKey.lastReceipted, nil)
            try meta.set(ReplicaKey.name, .text(enrolled.name))
            try meta.set(ReplicaKey.role, .text(enrolled.role))
            try meta.set(ReplicaKey.newName, .text(enrolled.name))
            try meta.set(ReplicaKey.enrolment, .blob(answer.encoded))
            try store.run("DELETE FROM asked")
        }
        try promoteKey()
        return enrolled.name
    }

    /// Makes a new key for a file whose key is lost. What waits here is authored anew under it;
    /// whether the hub has some of that already cannot be asked for without the old key.
    ///
    /// Safe to repeat after a crash: the file goes by the new key first.
    ///
    /// - Throws: `ReplicaFault.keyPresent` if the file has its key; `joinedElsewhere` if it belongs
    ///   to another hub than the invite's.
    public func takeOver(for invite: Invite) throws {
        let keyPath = KeyFile.path(forReplica: path)
        guard try KeyFile.read(keyPath) == nil else { throw ReplicaFault.keyPresent(path: keyPath) }
        if let present = try membership(), present.hub != invite.identity {
            throw ReplicaFault.joinedElsewhere
        }
        guard let key = SigningKey(seed: environment.randomBytes(SigningKey.seedByteCount)) else {
            preconditionFailure("32 bytes are a key")
        }
        let now = environment.nowMilliseconds()
        try file.write { store in
            let meta = MetaTable(store)
            let identities = IdentityTable(store)
            try identities.leave(try Self.deviceID(store))
            try meta.set(ReplicaKey.publicKey, .blob(key.publicKey.bytes))
            for key in [ReplicaKey.lastReceipted, ReplicaKey.enrolment] {
                try meta.set(key, nil)
            }
            try store.run("DELETE FROM asked")
            let searches = try identities.open().map { open in
                FormerSearch(unsearched: open.device, lastReceipted: open.lastReceipted)
            }
            for search in searches {
                try identities.setShared(search.shared, of: search.device)
            }
            var pass = try ReauthorPass(store, searches: searches, now: now)
            pass.isProven = false
            try pass.run()
        }
        let made = KeyFile(key: key)
        try made.write(to: keyPath)
        take(made)
    }

    /// Former identities whose batches are still to be looked through.
    public func openIdentities() throws -> [FormerSearch] {
        try file.read { store in
            let identities = IdentityTable(store)
            let wanted = try FormerSearch.wanted(store)
            return try identities.open().map { open in
                FormerSearch(device: open.device, from: open.lastReceipted, wanted: wanted)
            }
        }
    }

    /// The chain hash of a batch of a former identity.
    public func formerHash(_ device: DeviceID, _ number: Int64) throws -> Hash256? {
        try file.read { try IdentityTable($0).hash(of: device, number: number) }
    }

    /// Drops what the old identities delivered already and authors the rest anew.
    public func reauthor(_ searches: [FormerSearch]) throws {
        let now = environment.nowMilliseconds()
        try file.write { store in
            let identities = IdentityTable(store)
            let open = try identities.open().map(\.device)
            guard open == searches.map(\.device) else { return }
            for search in searches {
                try identities.setShared(search.shared, of: search.device)
            }
            var pass = try ReauthorPass(store, searches: searches, now: now)
            try pass.run()
        }
    }
}

/// Looks through the batches of an identity that this file had, from the last one on that is known
/// to be in this history.
public struct FormerSearch: Sendable {
    /// Where a change is: record and claimed stamp time.
    struct Place: Hashable {
        let key: RecordKey
        let time: StampTime
    }

    /// A change that the old identity, or one that came out of it, delivered.
    struct Delivered {
        let content: Hash256
        let effective: Stamp
    }

    public let device: DeviceID
    /// The number to ask from next.
    public private(set) var from: Int64
    /// The largest number whose batch is this file's own too; known once the search has begun.
    public private(set) var shared: Int64 = 0
    private var hasBegun = false
    private var goesBackFrom: Int64
    private let wanted: Set<Place>
    private(set) var delivered: [Place: [Delivered]] = [:]

    init(device: DeviceID, from number: Int64, wanted: Set<Place>) {
        self.device = device
        self.wanted = wanted
        from = max(number, 1)
        goesBackFrom = 1
    }

    /// The search of an identity whose key is lost: nothing can be asked for.
    init(unsearched device: DeviceID, lastReceipted: Int64) {
        self.init(device: device, from: 1, wanted: [])
        shared = lastReceipted
    }

    /// Where pending changes and receipted batches of former identities stand.
    static func wanted(_ store: StoreConnection) throws -> Set<Place> {
        var wanted: Set<Place> = []
        try PendingTable(store).each { wanted.insert(Place(key: $0.key, time: $0.stamp)) }
        let identities = IdentityTable(store)
        for open in try identities.open() {
            for (batch, _) in try identities.receipted(of: open.device, above: 0) {
                for index in 0..<batch.count {
                    wanted.insert(Place(key: batch.key(index), time: batch.stamp(index)))
                }
            }
        }
        return wanted
    }

    /// Takes a run of entries.
    ///
    /// - Parameter hash: the chain hash of the own batch of a number; nil if there is none.
    /// - Returns: whether more is to be asked for, from `from` on.
    public mutating func take(
        _ answer: DeviceBatchesAnswer, hash: (Int64) throws -> Hash256?
    ) throws -> Bool {
        var entries: [JournalEntry] = []
        try answer.eachEntry { entries.append($0) }
        if !hasBegun, from > 1 {
            // The first must be this file's own: else the histories parted before it.
            guard let first = entries.first, try hash(from) == first.leaf.batch else {
                goesBackFrom *= 2
                from = max(1, from - goesBackFrom)
                return true
            }
        }
        hasBegun = true
        for entry in entries {
            if try hash(entry.leaf.number) == entry.leaf.batch {
                shared = max(shared, entry.leaf.number)
            }
            try note(entry)
            from = entry.leaf.number + 1
        }
        return answer.more && !entries.isEmpty
    }

    private mutating func note(_ entry: JournalEntry) throws {
        let batch = try SealedBatch(bytes: entry.batch, signature: entry.signature)
        guard batch.adopts == nil else { return }
        let verdict = entry.leaf.verdict
        for index in 0..<batch.count {
            let place = Place(key: batch.key(index), time: batch.stamp(index))
            guard wanted.contains(place),
                !verdict.quarantined.contains(where: { $0.change == index })
            else { continue }
            let repeated = verdict.repeats.first { $0.change == index }?.stamp
            let time = verdict.effective.first { $0.change == index }?.stamp
            let effective = repeated ?? Stamp(time: time ?? place.time, device: batch.device)
            delivered[place, default: []].append(
                Delivered(content: try batch.change(index).content, effective: effective))
        }
    }
}

/// Authors what an old identity left anew, under the new key, within one transaction.
private struct ReauthorPass {
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
        for key in touched.sorted() { try aside.hold(key, nil) }
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
        try store.each(
            "SELECT changes, claimed_by, formerly FROM pending WHERE claimed_by IS NOT NULL "
                + "ORDER BY sequence"
        ) { row in
            guard let claimedBy = DeviceID(bytes: row.bytes(1)),
                let formerly = DeviceID(bytes: row.bytes(2))
            else { throw StoreError(.corrupt, path: "", detail: "pending") }
            for change in try PendingTable.changes(row.array(0)) {
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
        let content = change.content
        let there = searches.lazy.flatMap { $0.delivered[place] ?? [] }
            .first { $0.content == content }
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
        try store.each(
            "SELECT changes FROM pending WHERE claimed_by IS NULL ORDER BY sequence"
        ) { since += try PendingTable.changes($0.array(0)) }
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
            var state = try stored.state()
            for field in state.fields {
                guard let name = names[field.register.stamp] else { continue }
                state.put(field.name, Register(field.register.value, name))
            }
            try records.put(state, position: stored.position)
        }
    }
}
