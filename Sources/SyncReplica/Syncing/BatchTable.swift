import Gzip
package import SyncCore
package import SyncProtocol
package import SyncStore

/// A batch in memory, and what its row must have for a hash.
struct HeldBatch: Sendable {
    let batch: SealedBatch
    let hash: Hash256
}

/// The device's own signed batches, within one transaction.
package struct BatchTable {
    /// Batches are small, and kept for long.
    private static let unpackLimit = Limits.unpackedBytes

    let store: StoreConnection

    package init(_ store: StoreConnection) {
        self.store = store
    }

    /// 0 if nothing was ever sealed.
    package func lastNumber() throws -> Int64 {
        try store.integer("SELECT coalesce(max(number), 0) FROM batches")
    }

    /// The chain hash of a batch: zero for number 0, nil for one that is not here.
    package func hash(of number: Int64) throws -> Hash256? {
        if number == 0 { return .zero }
        var hash: Hash256?
        try store.each("SELECT hash FROM batches WHERE number = ?", .integer(number)) {
            hash = Hash256(bytes: $0.bytes(0))
        }
        return hash
    }

    /// What has no receipt is not proved either, and those have an index: whether a row has a
    /// receipt stands behind its batch, which would have to be read through.
    package func unreceipted() throws -> [Int64] {
        var numbers: [Int64] = []
        try store.each(
            "SELECT number FROM batches WHERE proved IS NULL AND receipt IS NULL ORDER BY number"
        ) { numbers.append($0.integer(0)) }
        return numbers
    }

    /// - Parameter held: what this process sealed last: it is not unpacked and read again.
    func batch(_ number: Int64, held: HeldBatch?) throws -> SealedBatch? {
        if let held, held.batch.number == number, try hash(of: number) == held.hash {
            return held.batch
        }
        return try batch(number)
    }

    package func batch(_ number: Int64) throws -> SealedBatch? {
        var found: (bytes: [UInt8], signature: [UInt8])?
        try store.each("SELECT batch, signature FROM batches WHERE number = ?", .integer(number)) {
            found = ($0.array(0), $0.array(1))
        }
        guard let found, let signature = Signature(bytes: found.signature) else { return nil }
        let bytes = try Gzip.decompress(found.bytes, limit: Self.unpackLimit)
        return try SealedBatch(bytes: bytes, signature: signature)
    }

    @discardableResult
    func insert(_ batch: SealedBatch) throws -> HeldBatch {
        let hash = batch.hash
        try store.run(
            "INSERT INTO batches(number, hash, batch, signature) VALUES(?, ?, ?, ?)",
            .integer(batch.number), .blob(hash.bytes), .blob(Gzip.compress(batch.bytes)),
            .blob(batch.signature.bytes))
        return HeldBatch(batch: batch, hash: hash)
    }

    /// The first receipt that a batch got, of one that has none in this history.
    func firstReceipt(_ number: Int64) throws -> Receipt? {
        var packed: [UInt8]?
        try store.each(
            "SELECT first_receipt FROM batches WHERE number = ? AND receipt IS NULL "
                + "AND first_receipt IS NOT NULL", .integer(number)
        ) { packed = $0.array(0) }
        return try packed.map { try Self.receipt($0) }
    }

    /// A batch as it is sent: with what a history that was lost said of it; nil if it is not here.
    func push(_ number: Int64, held: HeldBatch? = nil) throws -> PushRequest? {
        guard let batch = try batch(number, held: held) else { return nil }
        // A file that was put back may have got the receipt of what it had offered again.
        let earlier = try firstReceipt(number).map { $0.leaf.earlier ?? $0 }
        guard earlier != nil || batch.adopts != nil else { return PushRequest(batch) }
        let common = try MetaTable(store).blob(ReplicaKey.commonHead)
            .map { try SignedHead(encoded: $0) }
        return PushRequest(
            batch, earlier: batch.adopts == nil ? earlier : nil, common: .some(common))
    }

    /// The numbers of the batches that a lost history gave receipts for and that are to be offered
    /// again, ascending.
    func offeredAgain() throws -> [Int64] {
        var numbers: [Int64] = []
        try store.each(
            "SELECT number FROM batches WHERE proved IS NULL AND receipt IS NULL "
                + "AND first_receipt IS NOT NULL ORDER BY number"
        ) { numbers.append($0.integer(0)) }
        return numbers
    }

    static func receipt(_ packed: [UInt8]) throws -> Receipt {
        try Receipt(encoded: Gzip.decompress(packed, limit: unpackLimit))
    }

    /// Takes the receipts of a history that was lost from the batches above a size; they are kept
    /// as the first that those got.
    ///
    /// - Returns: the numbers, ascending.
    func forgetReceipts(above size: Int64) throws -> [Int64] {
        var numbers: [Int64] = []
        try store.each(
            "SELECT number FROM batches WHERE position > ? ORDER BY number", .integer(size)
        ) { numbers.append($0.integer(0)) }
        try store.run(
            "UPDATE batches SET first_receipt = coalesce(first_receipt, receipt), "
                + "receipt = NULL, position = NULL, proved = NULL WHERE position > ?",
            .integer(size))
        return numbers
    }

    /// The same for single batches.
    func forgetReceipts(of numbers: [Int64]) throws {
        for number in numbers {
            try store.run(
                "UPDATE batches SET first_receipt = coalesce(first_receipt, receipt), "
                    + "receipt = NULL, position = NULL, proved = NULL WHERE number = ?",
                .integer(number))
        }
    }

    /// The receipt that a batch has in this history; nil if it has none.
    func currentReceipt(_ number: Int64) throws -> Receipt? {
        var packed: [UInt8]?
        try store.each(
            "SELECT receipt FROM batches WHERE number = ? AND receipt IS NOT NULL",
            .integer(number)
        ) { packed = $0.array(0) }
        return try packed.map { try Self.receipt($0) }
    }

    /// The heads of own receipts above a size, as this history has them.
    func receiptHeads(above size: Int64) throws -> [SignedHead] {
        var packed: [[UInt8]] = []
        try store.each(
            "SELECT receipt FROM batches WHERE position > ? ORDER BY number", .integer(size)
        ) { packed.append($0.array(0)) }
        return try packed.map { try Self.receipt($0).head }
    }

    func store(_ receipt: Receipt) throws {
        try store.run(
            "UPDATE batches SET position = ?, receipt = ? WHERE number = ?",
            .integer(receipt.leaf.position), .blob(Gzip.compress(receipt.encoded)),
            .integer(receipt.leaf.number))
    }

    /// Receipts of batches that were not yet shown to be in a held head, oldest first.
    ///
    /// - Parameter size: later positions are left out: the head does not reach them.
    func unprovedReceipts(upTo size: Int64, limit: Int) throws -> [Receipt] {
        var packed: [[UInt8]] = []
        try store.each(
            "SELECT receipt FROM batches WHERE proved IS NULL AND position <= ? "
                + "ORDER BY number LIMIT ?", .integer(size), .integer(Int64(limit))
        ) { packed.append($0.array(0)) }
        return try packed.map { bytes in
            guard let plain = try? Gzip.decompress(bytes, limit: Self.unpackLimit),
                let receipt = try? Receipt(encoded: plain)
            else { throw StoreError(.corrupt, path: "", detail: "receipt") }
            return receipt
        }
    }

    /// Whether there is a batch that `unprovedReceipts` would find: answered from an index.
    func hasUnproved(upTo size: Int64) throws -> Bool {
        try store.integer(
            "SELECT EXISTS(SELECT 1 FROM batches WHERE proved IS NULL AND position <= ?)",
            .integer(size)) == 1
    }

    /// Notes the size of the held head in which a batch was found.
    func markProved(_ number: Int64, at size: Int64) throws {
        try store.run(
            "UPDATE batches SET proved = ? WHERE number = ?", .integer(size), .integer(number))
    }

    func remove(_ number: Int64) throws {
        try store.run("DELETE FROM batches WHERE number = ?", .integer(number))
    }
}
