import SyncCore
import SyncProtocol
import SyncStore

/// What was asked for in bundles, within one transaction.
struct AskedTable {
    /// A pull that was asked for, as it was asked.
    struct Asked {
        let request: PullRequest
        let isAnswered: Bool
    }

    /// Questions that are remembered: a year of one a day, pages after the first included.
    private static let limit: Int64 = 1_000

    private let store: StoreConnection

    init(_ store: StoreConnection) {
        self.store = store
    }

    /// - Parameter item: hash of the item that asks; nil for a page after the first.
    func insert(_ request: PullRequest, item: Hash256?, at time: Int64) throws {
        try store.run(
            "INSERT INTO asked(nonce, asked_at, cursor, have, head, last_receipted, item) "
                + "VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(nonce) DO NOTHING",
            .blob(request.nonce.bytes), .integer(time),
            request.cursor.map { .text($0) } ?? .null, .integer(request.have),
            (request.head?.encoded).map { .blob($0) } ?? .null, .integer(request.lastReceipted),
            (item?.bytes).map { .blob($0) } ?? .null)
        try store.run(
            "DELETE FROM asked WHERE sequence <= (SELECT max(sequence) FROM asked) - ?",
            .integer(Self.limit))
    }

    func find(_ nonce: ID128) throws -> Asked? {
        var asked: Asked?
        try store.each(
            "SELECT cursor, have, head, last_receipted, answered FROM asked WHERE nonce = ?",
            .blob(nonce.bytes)
        ) { row in
            let head = row.isNull(2) ? nil : try SignedHead(encoded: row.array(2))
            asked = Asked(
                request: PullRequest(
                    cursor: row.isNull(0) ? nil : row.text(0), have: row.integer(1), nonce: nonce,
                    head: head, lastReceipted: row.integer(3)),
                isAnswered: row.integer(4) == 1)
        }
        return asked
    }

    func markAnswered(_ nonce: ID128) throws {
        try store.run("UPDATE asked SET answered = 1 WHERE nonce = ?", .blob(nonce.bytes))
    }

    /// The nonce of the pull that an item asked for; nil if the item is none of this device.
    func nonce(ofItem hash: Hash256) throws -> ID128? {
        var nonce: ID128?
        try store.each("SELECT nonce FROM asked WHERE item = ?", .blob(hash.bytes)) {
            nonce = ID128(bytes: $0.bytes(0))
        }
        return nonce
    }
}
