import Foundation
import Gzip
import SyncAudit
import SyncCore
import SyncReplica
import SyncStore
import TestSupport
import Testing

/// Somebody who changes what they like: rows by SQL, or bytes of the file.
///
/// `TAMPER_SEEDS=5000` runs more of them, `TAMPER_SEED=17` runs one again. What is missed shows by
/// a file that the auditor calls whole although what it says has changed.
@Suite struct RandomTamperTests {
    private static let defaultCount: UInt64 = 120
    private static let secondsLimit = 10.0

    static let seeds: [UInt64] = {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["TAMPER_SEED"].flatMap({ UInt64($0) }) { return [one] }
        let count = environment["TAMPER_SEEDS"].flatMap { UInt64($0) } ?? defaultCount
        return Array(1...max(count, 1))
    }()

    @Test func randomTampering_isNamedOrChangesNothingThatIsSaid() async throws {
        let ground = try await TamperGround.shared.value
        var said: [String: FileContent] = [:]
        for subject in TamperGround.subjects {
            let (report, content) = try ground.examine(subject) { _ in }
            #expect(report?.isOK == true)
            said[subject] = content
        }
        var tally = (named: 0, refused: 0, nothing: 0, missed: 0)
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            let subject = TamperGround.subjects.randomElement(using: &random)!
            let start = ContinuousClock.now
            let (report, content) = try ground.examine(subject) { path in
                var hand = TamperingHand(path: path, isHub: subject == "hub", random: random)
                try hand.act()
            }
            let seconds = start.duration(to: .now) / .seconds(1)
            #expect(seconds < Self.secondsLimit, "seed \(seed) took \(seconds) s")
            guard let report else {
                tally.refused += 1
                continue
            }
            if !report.isOK {
                tally.named += 1
            } else if content == said[subject] {
                tally.nothing += 1
            } else {
                tally.missed += 1
                let off = content.map { $0.tables(differingFrom: said[subject]) } ?? []
                Issue.record("seed \(seed): \(subject): missed in \(off)")
            }
        }
        print(
            "random tampering | seeds \(Self.seeds.count) | named \(tally.named) | refused "
                + "\(tally.refused) | changed nothing \(tally.nothing) | missed \(tally.missed) |")
    }
}

/// What a file says, but for what the auditor lists as unproved.
struct FileContent: Equatable {
    /// Rows by table, sorted.
    let rows: [String: [String]]

    /// Numbers of rows that nothing refers to.
    private static let numbers: Set<String> = ["records.row", "beneath.sequence"]
    /// Kept as long as somebody may need it, or made anew when it is.
    private static let unsaid: Set<String> = ["sqlite_sequence", "sqlite_stat1"]

    init(_ store: StoreConnection, unproved: Set<String>) throws {
        var rows: [String: [String]] = [:]
        for shape in try Tampering.shapes(store)
        where !unproved.contains(shape.table) && !Self.unsaid.contains(shape.table) {
            let columns = shape.columns.filter {
                let name = "\(shape.table).\($0)"
                return !unproved.contains(name) && !Self.numbers.contains(name)
            }
            guard !columns.isEmpty else { continue }
            let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
            // Of `meta` only what signatures or other rows vouch for.
            let filter =
                shape.table == "meta"
                ? "WHERE key IN (\(Self.bound.map { "'\($0)'" }.joined(separator: ",")))" : ""
            var found: [String] = []
            try store.each("SELECT \(list) FROM \(shape.table) \(filter)") { row in
                found.append(
                    columns.indices.map { Self.text(row, Int32($0)) }.joined(separator: ","))
            }
            rows[shape.table] = found.sorted()
        }
        self.rows = rows
    }

    /// A value with its class; what is packed is told by what it unpacks to.
    private static func text(_ row: StoreStatement, _ column: Int32) -> String {
        if row.isNull(column) { return "null" }
        if row.isInteger(column) { return String(row.integer(column)) }
        let bytes = row.array(column)
        let content = (try? Gzip.decompress(bytes, limit: 1 << 24)) ?? bytes
        return (row.isText(column) ? "t" : "b") + Hex.text(content)
    }

    /// Tables whose rows are not the same, with the first row that is here alone.
    func tables(differingFrom other: FileContent?) -> [String] {
        rows.keys.sorted().filter { rows[$0] != other?.rows[$0] }.map { table in
            let own = Set(rows[table] ?? []).subtracting(other?.rows[table] ?? [])
            let gone = Set(other?.rows[table] ?? []).subtracting(rows[table] ?? [])
            return "\(table): \(own.first ?? "-") for \(gone.first ?? "-")"
        }
    }

    private static let bound = ReplicaKey.bound.union(HubKey.bound)
}

/// One random act.
struct TamperingHand {
    let path: String
    let isHub: Bool
    var random: SeededGenerator

    mutating func act() throws {
        if random.oneIn(4) { return try changeBytes() }
        let file = try StoreFile(
            path: path, purpose: isHub ? .hub : .replica,
            tables: isHub ? HubTables.versions : ReplicaTables.versions)
        defer { try? file.close() }
        try file.write { store in
            for _ in 0...Int.random(in: 0...1, using: &random) { try changeRow(store) }
        }
    }

    private mutating func changeBytes() throws {
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        for _ in 0...Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        if random.oneIn(8) { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
        try Data(bytes).write(to: URL(filePath: path))
    }

    private mutating func changeRow(_ store: StoreConnection) throws {
        let shape = try Tampering.shapes(store).randomElement(using: &random)!
        let table = shape.table
        let count = try store.integer("SELECT count(*) FROM \(table)")
        guard count > 0 else { return }
        let row = pick(shape, count)
        let column = shape.columns.randomElement(using: &random)!
        switch Int.random(in: 0..<7, using: &random) {
        case 0: _ = try Tampering.run("DELETE FROM \(table) WHERE \(row)", store)
        case 1:
            _ = try Tampering.run(
                "UPDATE \(table) SET \"\(column)\" = \(Tampering.altered(column)) WHERE \(row)",
                store)
        case 2:
            // Another row's value.
            _ = try Tampering.run(
                "UPDATE \(table) SET \"\(column)\" = (SELECT \"\(column)\" FROM \(table) "
                    + "WHERE \(pick(shape, count))) WHERE \(row)", store)
        case 3:
            let value = ["NULL", "0", "-1", "x''", "''", "9223372036854775807", "1e99"]
                .randomElement(using: &random)!
            _ = try Tampering.run(
                "UPDATE \(table) SET \"\(column)\" = \(value) WHERE \(row)", store)
        case 4:
            let place = Int.random(in: 1...200, using: &random)
            let byte = UInt8.random(in: 0...255, using: &random)
            let hex = String(byte, radix: 16)
            _ = try Tampering.run(
                "UPDATE \(table) SET \"\(column)\" = CAST(substr(\"\(column)\", 1, \(place)) "
                    + "|| x'\(hex.count == 1 ? "0" + hex : hex)' "
                    + "|| substr(\"\(column)\", \(place + 2)) AS BLOB) WHERE \(row)", store)
        case 5:
            let others = shape.columns.map { name in
                shape.key.first == name ? Tampering.altered(name) : "\"\(name)\""
            }
            _ = try Tampering.run(
                "INSERT OR REPLACE INTO \(table) SELECT \(others.joined(separator: ", ")) "
                    + "FROM \(table) WHERE \(row)", store)
        default: _ = try Tampering.run("DELETE FROM \(table) WHERE NOT (\(row))", store)
        }
    }

    private mutating func pick(_ shape: Tampering.Shape, _ count: Int64) -> String {
        let key = shape.key.isEmpty ? ["rowid"] : shape.key
        let names = key.joined(separator: ", ")
        let place = Int64.random(in: 0..<count, using: &random)
        return "(\(names)) = (SELECT \(names) FROM \(shape.table) ORDER BY \(names) "
            + "LIMIT 1 OFFSET \(place))"
    }
}
