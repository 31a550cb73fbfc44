import SyncCore
import SyncStore

/// Compares small tables that follow from the journal, row by row.
struct RowComparison {
    let log: ProblemLog
    let found: StoreConnection
    let expected: StoreConnection

    /// - Parameters:
    ///   - key: how many leading columns are the key.
    ///   - columns: how many columns there are.
    func compare(_ table: String, key: Int32, columns: Int32) throws {
        let order = (1...key).map(String.init).joined(separator: ", ")
        // Names as this version makes them: the found file's were compared before.
        let query = "SELECT * FROM \(table) ORDER BY \(order)"
        let (left, right) = (try found.prepare(query), try expected.prepare(query))
        defer {
            left.reset()
            right.reset()
        }
        var (hasLeft, hasRight) = (try left.step(), try right.step())
        while hasLeft || hasRight {
            let order = !hasLeft ? 1 : !hasRight ? -1 : Self.order(left, right, key)
            let isSame =
                order == 0
                && (key..<columns).allSatisfy { left.bytes($0).elementsEqual(right.bytes($0)) }
            if !isSame {
                let reason = order < 0 ? "added" : order > 0 ? "missing" : "altered"
                log.add(
                    .rowDiffers, Self.place(of: order > 0 ? right : left, in: table),
                    .init(.reason, reason))
            }
            if order <= 0 { hasLeft = try left.step() }
            if order >= 0 { hasRight = try right.step() }
        }
    }

    private static func order(_ a: StoreStatement, _ b: StoreStatement, _ key: Int32) -> Int {
        for column in 0..<key {
            if a.isInteger(column), b.isInteger(column) {
                guard a.integer(column) == b.integer(column) else {
                    return a.integer(column) < b.integer(column) ? -1 : 1
                }
            } else if a.isInteger(column) != b.isInteger(column) {
                return a.isInteger(column) ? -1 : 1
            } else if !a.bytes(column).elementsEqual(b.bytes(column)) {
                return a.bytes(column).lexicographicallyPrecedes(b.bytes(column)) ? -1 : 1
            }
        }
        return 0
    }

    /// By the row's number, or by the beginning of its name.
    private static func place(of row: StoreStatement, in table: String) -> ProblemPlace {
        if row.isInteger(0) { return .row(table: table, row: row.integer(0)) }
        let name = row.isText(0) ? row.text(0) : Hex.text(row.array(0))
        return .side(table: table, name: String(name.prefix(12)))
    }

    /// The kept counts; a row that counts none is as good as no row.
    func compareCounts() throws {
        let (found, expected) = (try counts(found), try counts(expected))
        for name in Set(found.keys).union(expected.keys).sorted()
        where found[name] != expected[name] {
            log.add(
                .rowDiffers, .side(table: "counts", name: name),
                .init(.expected, expected[name] ?? 0), .init(.found, found[name] ?? 0))
        }
    }

    private func counts(_ store: StoreConnection) throws -> [String: Int64] {
        var counts: [String: Int64] = [:]
        try store.each("SELECT collection, live FROM counts WHERE live <> 0") {
            counts[$0.text(0)] = $0.integer(1)
        }
        return counts
    }

    /// The digest's rows, by bucket.
    func compareDigest() throws {
        try Self.checkNodes(found, log)
        for node in 0...DigestTree.fanout {
            let (a, b) = (try row(found, node), try row(expected, node))
            guard a != b else { continue }
            guard node < DigestTree.fanout else {
                log.add(
                    .digestRowDiffers, .row(table: "digest", row: Int64(node)),
                    .init(.reason, "top"))
                continue
            }
            for place in 0..<DigestTree.fanout {
                let (found, expected) = (Self.child(a, place), Self.child(b, place))
                guard found != expected else { continue }
                log.add(
                    .digestRowDiffers, .bucket(node * DigestTree.fanout + place),
                    .init(.expected, expected), .init(.found, found))
            }
        }
    }

    /// Rows that no tree has.
    static func checkNodes(_ store: StoreConnection, _ log: ProblemLog) throws {
        try store.each(
            "SELECT node FROM digest WHERE node NOT BETWEEN 0 AND ?",
            .integer(Int64(DigestTree.fanout))
        ) { row in
            log.add(
                .digestRowDiffers, .row(table: "digest", row: row.integer(0)),
                .init(.reason, "added"))
        }
    }

    /// A row's children; zeros for one that was never written.
    private func row(_ store: StoreConnection, _ node: Int) throws -> [UInt8]? {
        var bytes: [UInt8]?
        try store.each("SELECT children FROM digest WHERE node = ?", .integer(Int64(node))) {
            bytes = $0.array(0)
        }
        return bytes
    }

    static func child(_ row: [UInt8]?, _ place: Int) -> Hash256 {
        let start = place * Hash256.byteCount
        guard let row, row.count >= start + Hash256.byteCount else { return .zero }
        return Hash256(bytes: row[start..<start + Hash256.byteCount]) ?? .zero
    }
}
