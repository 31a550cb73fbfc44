// The indexes that a hub makes when its rules first ask for one: `mentions` and `authored`.
//
// Problem: how far back an index reaches depends on what was asked, and is no part of the log.
// Idea: each says of itself which entries it holds. Where it and the replay's both reach, they must
// say the same; beyond that neither says anything.

import SyncCore
import SyncStore

/// Compares what indexes say of the entries that both sides hold.
struct IndexComparison {
    let log: ProblemLog
    let found: StoreConnection
    let expected: StoreConnection

    func run() throws {
        try compareMentions()
        try compareAuthored()
    }

    private func compareMentions() throws {
        func range(_ store: StoreConnection) throws -> (low: Int64, high: Int64)? {
            let meta = MetaTable(store)
            guard let low = try meta.integer(HubKey.mentionsLow),
                let high = try meta.integer(HubKey.mentionsHigh)
            else { return nil }
            return (low, high)
        }
        guard let a = try range(found), let b = try range(expected) else { return }
        let (low, high) = (max(a.low, b.low), min(a.high, b.high))
        func rows(_ store: StoreConnection) throws -> [String: Int] {
            var rows: [String: Int] = [:]
            try store.each(
                "SELECT id, collection, position FROM mentions WHERE position > ? AND position <= ?",
                .integer(low), .integer(high)
            ) { rows["\(Hex.text($0.array(0))) \($0.text(1)) \($0.integer(2))", default: 0] += 1 }
            return rows
        }
        try compare("mentions", rows(found), rows(expected))
    }

    private func compareAuthored() throws {
        func ranges(_ store: StoreConnection) throws -> [Int64: (low: Int64, high: Int64)] {
            var ranges: [Int64: (low: Int64, high: Int64)] = [:]
            try store.each("SELECT author, low, high FROM authored_range") {
                ranges[$0.integer(0)] = ($0.integer(1), $0.integer(2))
            }
            return ranges
        }
        let (a, b) = (try ranges(found), try ranges(expected))
        func rows(_ store: StoreConnection) throws -> [String: Int] {
            var rows: [String: Int] = [:]
            try store.each(
                "SELECT author, number, stamp, collection, id, content, effective, by FROM authored"
            ) { row in
                let (author, number) = (row.integer(0), row.integer(1))
                // Number 0: written down as the batch came, in every case.
                if number != 0 {
                    guard let own = a[author], let other = b[author],
                        number > max(own.low, other.low), number <= min(own.high, other.high)
                    else { return }
                }
                let text =
                    "\(author) \(number) \(row.integer(2)) \(row.text(3)) "
                    + "\(Hex.text(row.array(4))) \(Hex.text(row.array(5))) "
                    + "\(row.integer(6)) \(row.integer(7))"
                rows[text, default: 0] += 1
            }
            return rows
        }
        try compare("authored", rows(found), rows(expected))
    }

    private func compare(_ table: String, _ found: [String: Int], _ expected: [String: Int]) {
        for row in Set(found.keys).union(expected.keys).sorted() {
            let (own, due) = (found[row] ?? 0, expected[row] ?? 0)
            guard own != due else { continue }
            log.add(
                .rowDiffers, .side(table: table, name: String(row.prefix(12))),
                .init(.reason, own > due ? "added" : "missing"))
        }
    }
}
