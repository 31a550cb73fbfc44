import SyncCore
public import SyncProtocol
package import SyncStore

// What the hub and this device have in common, when the hub may have been put back.
// Source: Protocol/README.md §11.1, §11.2.

/// What an answer about heads came to.
public enum HeadsOutcome: Sendable, Equatable {
    /// Nothing was lost: the device goes on from where it stands.
    case agreed
    /// The hub lacks what this device has seen: it is held aside, and is to be healed.
    case broken
    /// The hub shows another history under the same epoch.
    case rewritten
}

extension Replica {
    /// Heads one by one before the distances double.
    private static let denseHeads = 32

    /// Heads of the history that this device is in, within two sizes, sizes falling.
    ///
    /// - Returns: those to present, and whether there are others between them.
    public func historyHeads(
        above low: Int64 = 0, below high: Int64 = .max
    ) throws -> (presented: [SignedHead], hasOthers: Bool) {
        let all = try file.read { try Self.historyHeads($0) }
            .filter { $0.head.size > low && $0.head.size < high }
        var (presented, place, step) = ([SignedHead](), 0, 1)
        while place < all.count, presented.count < Limits.presentedHeads {
            presented.append(all[place])
            if presented.count >= Self.denseHeads { step *= 2 }
            place += step
        }
        return (presented, presented.count < all.count)
    }

    private static func historyHeads(_ store: StoreConnection) throws -> [SignedHead] {
        var bySize: [Int64: SignedHead] = [:]
        try store.each("SELECT head FROM heads ORDER BY size") {
            let head = try SignedHead(encoded: $0.array(0))
            bySize[head.head.size] = head
        }
        let held = try MetaTable(store).blob(ReplicaKey.head)
            .map { try SignedHead(encoded: $0) }
        if let held { bySize[held.head.size] = held }
        for head in try BatchTable(store).receiptHeads(above: held?.head.size ?? 0) {
            bySize[head.head.size] = head
        }
        return bySize.values.sorted { $0.head.size > $1.head.size }
    }

    /// Takes the hub's verified word on which head of this device it holds.
    ///
    /// - Parameter newest: the newest head that was presented.
    public func take(_ answer: HeadsAnswer, newest: SignedHead) throws -> HeadsOutcome {
        let now = environment.nowMilliseconds()
        return try file.write { store in
            let meta = MetaTable(store)
            if answer.held >= newest.head.size {
                try Self.hold(answer.head, store)
                return .agreed
            }
            guard answer.head.head.epoch != newest.head.epoch else { return .rewritten }
            try Self.breakHistory(at: answer, newest, store)
            try meta.set(ReplicaKey.clockDifference, .integer(answer.now - now))
            return .broken
        }
    }

    /// The receipts of own batches, by number.
    public func receipts(_ numbers: [Int64]) throws -> [Receipt] {
        try file.read { store in
            try numbers.sorted().compactMap { try BatchTable(store).currentReceipt($0) }
        }
    }

    /// Takes the receipts of a history that was lost from their batches: they are offered again.
    ///
    /// - Parameters:
    ///   - receipts: those that another process has replaced meanwhile are left as they are.
    ///   - answer: the hub's word on the heads of those receipts.
    public func lose(_ receipts: [Receipt], _ answer: HeadsAnswer) throws {
        try file.write { store in
            let batches = BatchTable(store)
            let receipts = try receipts.filter {
                try batches.currentReceipt($0.leaf.number)?.leaf == $0.leaf
            }
            guard !receipts.isEmpty else { return }
            let numbers = receipts.map(\.leaf.number)
            let aside = AsideTable(store)
            let records = RecordTable(store)
            let overlay = try Overlay(store, device: try Self.deviceID(store))
            let heads = try Self.historyHeads(store)
            try Self.noteCommon(
                heads.first { $0.head.size == answer.held }, size: answer.held, store)
            for receipt in receipts { try Self.noteLost(receipt.head, store) }
            try batches.forgetReceipts(of: numbers)
            let keys = try Set(numbers.flatMap { try batches.batch($0)?.changes.map(\.key) ?? [] })
            for key in keys.sorted() {
                try aside.hold(key, records.record(key), but: overlay)
            }
            try Self.countReceipts(store)
            try Self.noteLostSize(receipts.map(\.head.head.size).max() ?? 0, store)
        }
    }

    private static func noteLost(_ head: SignedHead, _ store: StoreConnection) throws {
        try store.run(
            "INSERT INTO lost_heads VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
            .integer(head.head.size), .blob(head.head.epoch.bytes), .blob(head.encoded))
    }

    private static func noteLostSize(_ size: Int64, _ store: StoreConnection) throws {
        let meta = MetaTable(store)
        let lost = try meta.integer(ReplicaKey.lostSize) ?? 0
        try meta.set(ReplicaKey.lostSize, .integer(max(lost, size)))
    }

    /// What is receipted goes down to what is left.
    private static func countReceipts(_ store: StoreConnection) throws {
        let meta = MetaTable(store)
        try meta.set(
            ReplicaKey.lastReceipted,
            .integer(
                try store.integer(
                    "SELECT coalesce(max(number), 0) FROM batches WHERE receipt IS NOT NULL")))
        try meta.set(
            ReplicaKey.deliveredPosition,
            .integer(try store.integer("SELECT coalesce(max(position), 0) FROM batches")))
    }

    /// The hub's newest head is this device's from here on.
    private static func hold(_ head: SignedHead, _ store: StoreConnection) throws {
        try store.run(
            "INSERT INTO heads(size, epoch, head) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
            .integer(head.head.size), .blob(head.head.epoch.bytes), .blob(head.encoded))
        try MetaTable(store).set(ReplicaKey.head, .blob(head.encoded))
    }

    private static func breakHistory(
        at answer: HeadsAnswer, _ newest: SignedHead, _ store: StoreConnection
    ) throws {
        let meta = MetaTable(store)
        let common = answer.held
        let heads = try historyHeads(store)
        try noteCommon(heads.first { $0.head.size == common }, size: common, store)
        for lost in heads where lost.head.size > common { try noteLost(lost, store) }
        try store.run("DELETE FROM heads WHERE size > ?", .integer(common))
        try holdAside(above: common, store)
        try countReceipts(store)
        // In the middle of a pull the place is kept: what lies below the break did not all come.
        let isWhole = try meta.integer(ReplicaKey.pulledSize) != nil
        if isWhole, try meta.integer(ReplicaKey.isFresh) != 1 {
            try meta.set(ReplicaKey.cursor, .text(answer.cursor))
        }
        try meta.set(ReplicaKey.pulledSize, nil)
        try noteLostSize(newest.head.size, store)
        try hold(answer.head, store)
    }

    /// Of several breaks the smallest common size counts until all is healed.
    private static func noteCommon(
        _ head: SignedHead?, size: Int64, _ store: StoreConnection
    ) throws {
        let meta = MetaTable(store)
        let present = try meta.integer(ReplicaKey.commonSize)
        guard present.map({ size < $0 }) ?? true else { return }
        try meta.set(ReplicaKey.commonSize, .integer(size))
        try meta.set(ReplicaKey.commonHead, (head?.encoded).map { .blob($0) })
    }

    /// Holds aside what moved above the common size, or what own batches above it name.
    private static func holdAside(above common: Int64, _ store: StoreConnection) throws {
        let records = RecordTable(store)
        let aside = AsideTable(store)
        let overlay = try Overlay(store, device: try deviceID(store))
        try aside.reset()
        var keys: Set<RecordKey> = []
        for number in try BatchTable(store).forgetReceipts(above: common) {
            guard let batch = try BatchTable(store).batch(number) else { continue }
            keys.formUnion(batch.changes.map(\.key))
        }
        // What was delivered under a former key: no page brought it, and nobody offers it again.
        keys.formUnion(try IdentityTable(store).keys(above: common))
        let moved = try moved(above: common, store)
        keys.formUnion(moved)
        try MovedTable(store).forget(above: common)
        // Positions of a history that was lost mean nothing in this one.
        for key in moved {
            try store.run(
                "UPDATE records SET position = 0 WHERE id = ? AND collection = ? AND position > ?",
                .blob(key.id.bytes), .text(key.collection), .integer(common))
        }
        for key in keys.sorted() {
            try aside.hold(key, records.record(key), but: overlay)
        }
    }

    /// Records with a position above one: those that the last pages named, or else every record is
    /// asked.
    private static func moved(
        above common: Int64, _ store: StoreConnection
    ) throws -> Set<RecordKey> {
        try MovedTable(store).keys(above: common) ?? positions(above: common, store)
    }

    private static func positions(
        above common: Int64, _ store: StoreConnection
    ) throws -> Set<RecordKey> {
        var keys: Set<RecordKey> = []
        try store.each(
            "SELECT collection, id FROM records WHERE position > ?", .integer(common)
        ) { row in
            guard let id = RecordID(bytes: row.bytes(1)) else { return }
            keys.insert(RecordKey(row.text(0), id))
        }
        return keys
    }

    /// Whether what the last pages moved is named as the records say it: a law.
    package func namesAllMoved() throws -> Bool { try file.read { try Self.namesAllMoved($0) } }

    package static func namesAllMoved(_ store: StoreConnection) throws -> Bool {
        guard let from = try MetaTable(store).integer(ReplicaKey.movedFrom) else { return true }
        let named = try MovedTable(store).lastPositions()
        var isNamed = true
        try store.each(
            "SELECT collection, id, position FROM records WHERE position > ?", .integer(from)
        ) { row in
            guard let id = RecordID(bytes: row.bytes(1)) else { return }
            let last = named[RecordKey(row.text(0), id)] ?? 0
            if last < row.integer(2) { isNamed = false }
        }
        return isNamed
    }
}
