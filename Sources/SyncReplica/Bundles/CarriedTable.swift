import Gzip
import SyncCore
import SyncProtocol
import SyncStore

/// Items of other devices that this one passes on, within one transaction.
struct CarriedTable {
    /// Packed bytes that are held for others: a carrier's disk is its own.
    static let bytesLimit: Int64 = 256 << 20
    /// What nobody asked for or answered for so long is dropped: 90 days, in milliseconds. It is
    /// still with those who wrote it.
    static let keepMilliseconds: Int64 = 90 * 86_400_000

    private let store: StoreConnection

    init(_ store: StoreConnection) {
        self.store = store
    }

    /// - Returns: false if the item is held already.
    func insert(_ carried: CarriedItem, at time: Int64) throws -> Bool {
        try store.run(
            "INSERT INTO carried(hash, device, kind, number, mark, kept_at, line) "
                + "VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(hash) DO NOTHING",
            .blob(carried.item.hash.bytes), .blob(carried.device.bytes),
            .text(carried.item.kind.rawValue), .integer(carried.number), .blob(carried.mark),
            .integer(time), .blob(Gzip.compress(carried.item.line)))
        return try store.changedCount > 0
    }

    func count() throws -> Int { Int(try store.integer("SELECT count(*) FROM carried")) }

    func packedBytes() throws -> Int64 {
        try store.integer("SELECT coalesce(sum(length(line)), 0) FROM carried")
    }

    /// Calls `body` for each item, requests first, in the order they came.
    func each(_ body: (BundleItem) throws -> Void) throws {
        try store.each(
            "SELECT line FROM carried ORDER BY kind NOT IN ('join', 'push', 'pull'), "
                + "CASE kind WHEN 'push' THEN number ELSE 0 END, sequence"
        ) { row in
            let line = try Gzip.decompress(row.array(0), limit: BundleLimits.lineBytes)
            guard let item = BundleItem(line: line) else { return }
            try body(item)
        }
    }

    /// Drops requests whose answers are held too, and what was held for too long.
    func settle(at now: Int64) throws {
        try store.run(
            "DELETE FROM carried WHERE kept_at < ?", .integer(now - Self.keepMilliseconds))
        for (request, answer) in [("push", "receipt"), ("pull", "page"), ("join", "enrolment")] {
            try store.run(
                "DELETE FROM carried WHERE kind = ? AND EXISTS(SELECT 1 FROM carried AS answer "
                    + "WHERE answer.kind = ? AND answer.device = carried.device "
                    + "AND answer.mark = carried.mark)", .text(request), .text(answer))
        }
        try store.execute(
            "DELETE FROM carried WHERE hash IN (SELECT mark FROM carried WHERE kind = 'refused')")
    }

    /// Drops what a device's newer pull, whose signature was checked, shows to be known to it:
    /// earlier pulls, receipts that it has, its enrolment, refusals, pages before its head.
    ///
    /// - Returns: false if a newer pull of that device is held.
    func acknowledge(_ pull: SignedPull) throws -> Bool {
        let device = StoreValue.blob(pull.device.bytes)
        let newest = try store.integer(
            "SELECT coalesce(max(number), -1) FROM carried WHERE device = ? AND kind = 'pull'",
            device)
        guard newest <= pull.madeAt else { return false }
        try store.run(
            "DELETE FROM carried WHERE device = ? AND (kind = 'pull' AND number < ? "
                + "OR kind = 'receipt' AND number <= ? OR kind = 'refused')",
            device, .integer(pull.madeAt), .integer(pull.have))
        guard let head = pull.head else { return true }
        try store.run("DELETE FROM carried WHERE device = ? AND kind = 'enrolment'", device)
        if let size = try size(ofHead: head, in: pages(for: pull.device)) {
            try store.run(
                "DELETE FROM carried WHERE device = ? AND kind = 'page' AND number <= ?", device,
                .integer(size))
        }
        return true
    }

    private func pages(for device: DeviceID) throws -> [Int64] {
        var rows: [Int64] = []
        try store.each(
            "SELECT sequence FROM carried WHERE device = ? AND kind = 'page'",
            .blob(device.bytes)
        ) { rows.append($0.integer(0)) }
        return rows
    }

    private func size(ofHead prefix: ID128, in rows: [Int64]) throws -> Int64? {
        var size: Int64?
        for row in rows where size == nil {
            try store.each("SELECT line FROM carried WHERE sequence = ?", .integer(row)) {
                let line = try Gzip.decompress($0.array(0), limit: BundleLimits.lineBytes)
                guard let item = BundleItem(line: line) else { return }
                let head = try PageMessage(encoded: item.content).page.head
                if head.hash.prefixID == prefix { size = head.head.size }
            }
        }
        return size
    }
}
