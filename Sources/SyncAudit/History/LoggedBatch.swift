import Gzip
import SyncCore
import SyncProtocol
import SyncStore

/// A batch with the hub's decision about it, as a file holds them; parsed only when asked.
struct LoggedBatch {
    /// On a hub the journal position, on a device the batch's own number.
    let row: Int64
    /// Canonical JSON of the batch.
    let bytes: [UInt8]
    let signature: [UInt8]
    /// Canonical leaf, or a device's encoded receipt.
    private let decision: [UInt8]
    private let isReceipt: Bool

    init(
        row: Int64, bytes: [UInt8], signature: [UInt8], decision: [UInt8], isReceipt: Bool
    ) {
        self.row = row
        self.bytes = bytes
        self.signature = signature
        self.decision = decision
        self.isReceipt = isReceipt
    }

    /// - Throws: `BatchFault`.
    func batch() throws -> SealedBatch {
        guard let signature = Signature(bytes: signature) else {
            throw BatchFault(.badSignature)
        }
        return try SealedBatch(bytes: bytes, signature: signature)
    }

    /// - Throws: `JSONError`, `MessageFault`.
    func leaf() throws -> Leaf {
        isReceipt ? try receipt().leaf : try Leaf(JSONParser.parse(decision))
    }

    /// - Throws: `JSONError`, `MessageFault`; a hub's leaf is no receipt.
    func receipt() throws -> Receipt { try Receipt(encoded: decision) }

    /// The batch and the decision about it.
    ///
    /// - Throws: as the two do; `BatchFault` if the decision is about other bytes.
    func ruled() throws -> (batch: SealedBatch, leaf: Leaf) {
        let (batch, leaf) = (try batch(), try leaf())
        guard leaf.batch == batch.hash, leaf.device == batch.device else {
            throw BatchFault(.malformed, detail: "leaf")
        }
        return (batch, leaf)
    }

    /// Whether the hub gave any change another stamp: known without parsing, since both forms
    /// are canonical.
    var hasRestamps: Bool { !ByteSearch("\"effective\":[]").isFound(in: decision) }
}

/// The batches of a hub's journal, or those of a device's own that have receipts.
struct BatchLog {
    let store: StoreConnection
    let isHub: Bool

    /// Calls `body` for each batch, in the order of the journal, one in memory at a time.
    ///
    /// - Parameter peer: only this device's, by the file's own number for it; a hub's file only.
    /// - Returns: the rows that cannot be unpacked.
    @discardableResult
    func each(
        peer: Int64? = nil, _ body: (LoggedBatch) throws -> Void
    ) throws -> [Int64] {
        var damaged: [Int64] = []
        let hub = "SELECT position, batch, signature, leaf FROM journal"
        let own = "SELECT number, batch, signature, receipt FROM batches "
        let filter = peer.map { " WHERE peer = \($0)" } ?? ""
        let sql =
            isHub
            ? hub + filter + " ORDER BY position"
            : own + "WHERE receipt IS NOT NULL ORDER BY number"
        try store.each(sql) { row in
            let number = row.integer(0)
            let limit = Limits.unpackedBytes
            guard let bytes = try? Gzip.decompress(row.array(1), limit: limit),
                let decision = isHub
                    ? row.array(3) : try? Gzip.decompress(row.array(3), limit: limit)
            else { return damaged.append(number) }
            try body(
                LoggedBatch(
                    row: number, bytes: bytes, signature: row.array(2), decision: decision,
                    isReceipt: !isHub))
        }
        return damaged
    }
}
