import SyncCore
import SyncProtocol
import SyncStore

// What an import asks of the replica: one question or one small change each.

extension Replica {
    /// The question that a page answers by its nonce; nil if this device did not ask it, or not
    /// lately.
    func asked(_ nonce: ID128) throws -> AskedTable.Asked? {
        try file.read { try AskedTable($0).find(nonce) }
    }

    /// The question as the page is to be judged by, if the device still stands where it asked.
    ///
    /// A device that was not enrolled yet had no head to present: the hub answers as if the head
    /// of its enrolment had been presented. A page without that proof is not taken.
    ///
    /// - Returns: nil if the device has moved on since.
    func standing(_ asked: PullRequest, answeredBy page: Page) throws -> PullRequest? {
        let now = try pullRequest()
        guard asked.cursor == now.cursor, asked.have == now.have,
            asked.lastReceipted == now.lastReceipted
        else { return nil }
        guard asked.head == nil, let held = now.head else {
            return asked.head?.encoded == now.head?.encoded ? asked : nil
        }
        let isProved = !page.consistency.isEmpty || page.head.head.size <= held.head.size
        guard asked.cursor == nil, isProved else { return nil }
        return PullRequest(
            cursor: nil, have: asked.have, nonce: asked.nonce, head: held,
            lastReceipted: asked.lastReceipted)
    }

    /// Remembers that the page after this one answers the same question.
    func expect(_ message: PageMessage, after request: PullRequest) throws {
        let next = PullRequest(
            cursor: message.page.cursor, have: request.have, nonce: message.followingNonce,
            head: message.page.head, lastReceipted: request.lastReceipted)
        let now = environment.nowMilliseconds()
        try file.write { try AskedTable($0).insert(next, item: nil, at: now) }
    }

    func markAnswered(_ nonce: ID128) throws {
        try file.write { try AskedTable($0).markAnswered(nonce) }
    }

    /// Whether a refused item is a pull of this device, from where it still stands.
    func stillStands(item: Hash256) throws -> Bool {
        let asked = try file.read { store in
            let table = AskedTable(store)
            return try table.nonce(ofItem: item).flatMap { try table.find($0) }
        }
        guard let asked, !asked.isAnswered else { return false }
        let now = try pullRequest()
        return asked.request.cursor == now.cursor && asked.request.have == now.have
            && asked.request.head?.encoded == now.head?.encoded
    }

    /// A batch of this device, and whether its receipt is stored; nil if there is none.
    func ownBatch(_ number: Int64) throws -> (batch: SealedBatch, isReceipted: Bool)? {
        try file.read { store in
            guard let batch = try BatchTable(store).batch(number) else { return nil }
            let receipts = try store.integer(
                "SELECT count(*) FROM batches WHERE number = ? AND receipt IS NOT NULL",
                .integer(number))
            return (batch, receipts > 0)
        }
    }

    /// The number of the own batch that an item carries, of those without a receipt.
    func unreceipted(item: Hash256) throws -> Int64? {
        try file.read { store in
            let batches = BatchTable(store)
            return try batches.unreceipted().first { number in
                try batches.push(number).map { BundleItem($0).hash } == item
            }
        }
    }

    /// The request of the join that is not answered yet, as an item.
    func openJoinItem() throws -> BundleItem? {
        try askedInvite.map { BundleItem(try beginJoin($0)) }
    }

    /// Compares the digest with the one of the last page that was applied, if all that was sealed
    /// before it has its receipt and nothing is pending.
    func compare(with page: Page) throws -> DigestComparison {
        try file.read { store in
            let receipted = try MetaTable(store).integer(ReplicaKey.lastReceipted) ?? 0
            let head = try MetaTable(store).blob(ReplicaKey.head)
            guard !page.more, receipted == page.nextNumber - 1, head == page.head.encoded,
                try PendingTable(store).isEmpty()
            else { return .notCompared }
            return DigestComparison(try RecordTable(store).digestRoot(), page.head)
        }
    }
}
