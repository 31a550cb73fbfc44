import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// Checks the heads that a replica holds.
struct HeldHeads {
    let store: StoreConnection
    let log: ProblemLog
    var hub: HubIdentity

    /// - Parameter receipts: the heads of receipts: equal sizes must have equal roots.
    /// - Returns: how many heads there are, and the held one if it is the hub's.
    func check(
        receipts: [(epoch: EpochID, size: Int64, root: Hash256, number: Int64)]
    ) throws -> (count: Int64, held: SignedHead?) {
        var count: Int64 = 0
        try store.each("SELECT size, epoch, head FROM heads ORDER BY epoch, size") { row in
            count += 1
            let size = row.integer(0)
            guard let head = SignedHead.canonical(row.array(2)) else {
                return log.add(.headForged, .head(size), .init(.reason, "form"))
            }
            if head.head.size != size || !row.bytes(1).elementsEqual(head.head.epoch.bytes) {
                log.add(.headForged, .head(size), .init(.reason, "size \(head.head.size)"))
            } else if !hub.vouches(for: head) {
                log.add(.headForged, .head(size), .init(.reason, "signature"))
            }
        }
        for receipt in receipts {
            guard let root = try root(receipt.epoch, receipt.size), root != receipt.root,
                try !isToldOf(receipt.epoch, receipt.size)
            else { continue }
            log.add(
                .headsConflict, .ownBatch(receipt.number), .init(.size, receipt.size),
                .init(.expected, root), .init(.found, receipt.root))
        }
        return (count, try newest())
    }

    /// Whether the hub's own log says that it was put back within this epoch, to before this size: a
    /// later epoch's record names a head of it that the hub did not hold. Then the epoch had two
    /// histories, and a device may hold receipts of both.
    private func isToldOf(_ epoch: EpochID, _ size: Int64) throws -> Bool {
        var isTold = false
        try RecordTable(store).each(collection: HubCollection.epochs) { record in
            guard let text = (try? record.state())?["unknown"]?.value.value.text,
                let unknown = SignedHead.canonical(Array(text.utf8)), hub.vouches(for: unknown)
            else { return }
            if unknown.head.epoch == epoch, unknown.head.size >= size { isTold = true }
        }
        return isTold
    }

    private func newest() throws -> SignedHead? {
        guard let bytes = try MetaTable(store).blob(ReplicaKey.head) else { return nil }
        guard let head = SignedHead.canonical(bytes), hub.vouches(for: head) else {
            log.add(.headForged, .file, .init(.column, "meta.\(ReplicaKey.head)"))
            return nil
        }
        if let root = try root(head.head.epoch, head.head.size), root != head.head.root {
            log.add(
                .headsConflict, .head(head.head.size), .init(.expected, root),
                .init(.found, head.head.root))
        }
        return head
    }

    private func root(_ epoch: EpochID, _ size: Int64) throws -> Hash256? {
        var root: Hash256?
        try store.each(
            "SELECT head FROM heads WHERE epoch = ? AND size = ?", .blob(epoch.bytes),
            .integer(size)
        ) { root = SignedHead.canonical($0.array(0))?.head.root }
        return root
    }

    /// Compares another holder's head with the one of the same size, if there is one here.
    func compare(_ head: SignedHead, of holder: String) throws {
        guard let root = try root(head.head.epoch, head.head.size), root != head.head.root,
            hub.vouches(for: head)
        else { return }
        log.add(
            .headsConflict, .holder(holder), .init(.size, head.head.size),
            .init(.expected, head.head.root), .init(.found, root))
    }
}
