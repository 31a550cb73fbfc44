import SyncCore
import SyncStore

/// Compares small tables that follow from the journal, row by row.
struct RowComparison {
    let log: ProblemLog
    let found: StoreConnection
    let expected: StoreConnection

    /// - Parameters:
    ///   - key: how many leading columns, all integers, are the key.
    ///   - columns: how many columns there are.
    func compare(_ table: String, key: Int32, columns: Int32) throws {
        let order = (1...key).map(String.init).joined(separator: ", ")
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
                let row = (order > 0 ? right : left).integer(0)
                let reason = order < 0 ? "added" : order > 0 ? "missing" : "altered"
                log.add(.rowDiffers, .row(table: table, row: row), .init(.reason, reason))
            }
            if order <= 0 { hasLeft = try left.step() }
            if order >= 0 { hasRight = try right.step() }
        }
    }

    private static func order(_ a: StoreStatement, _ b: StoreStatement, _ key: Int32) -> Int {
        for column in 0..<key where a.integer(column) != b.integer(column) {
            return a.integer(column) < b.integer(column) ? -1 : 1
        }
        return 0
    }

    /// The digest's rows, by bucket.
    func compareDigest() throws {
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
