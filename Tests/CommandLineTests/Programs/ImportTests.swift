import Foundation
import SyncCore
import TestSupport
import Testing

/// `sync-field import` of a whole spreadsheet.
@Suite struct ImportTests {
    private let folder = TestFolder()
    private static let stops = Programs.sample("stops.csv")
    private static let count: Int64 = 2_400

    private func importStops(_ device: FieldDevice) throws -> JSONValue {
        try device.json("import", Self.stops, "--into", "stops")
    }

    /// Design §12, scenario 5.
    @Test func import_againAndOnOtherDevice_noDoublesNoConflicts() throws {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let first = try importStops(a)
        #expect(first.number("read") == Self.count)
        #expect(first.number("new") == Self.count)
        #expect(try importStops(a).number("new") == 0)
        #expect(try importStops(b).number("new") == Self.count)

        try hub.settle(a, b)
        #expect(try hub.status()["records"]?.number("stops") == Self.count)
        #expect(try hub.status().number("conflicts_open") == 0)
        for device in [a, b] {
            let status = try device.status()
            #expect(status["records"]?.number("stops") == Self.count)
            #expect(status.number("conflicts_open") == 0)
            #expect(try importStops(device).number("new") == 0)
        }
        #expect(
            try a.query("SELECT * FROM stops ORDER BY id")
                == b.query("SELECT * FROM stops ORDER BY id"))
    }

    @Test func import_withNewRows_leavesOneRecordOfItself() throws {
        let a = try FieldDevice("a", in: folder)
        #expect(try a.status()["records"]?["imports"] == nil)
        _ = try importStops(a)
        #expect(try importStops(a).number("new") == 0)
        #expect(try a.status()["records"]?.number("imports") == 1)
        #expect(try a.status()["records"]?.number("stops") == Self.count)
        let record = try #require(try a.json("record", "list", "imports").array?.first)
        let fields = try #require(record["fields"])
        #expect(fields.text("file") == "stops.csv" && fields.text("collection") == "stops")
        #expect(fields.number("rows") == Self.count && fields.number("new_rows") == Self.count)
        let stops = try #require(try a.json("stop", "list").array)
        let stamps = stops.map { String($0.text("stamp").prefix(16)) }
        #expect(fields.text("first_stamp") == stamps.min())
        #expect(fields.text("last_stamp") == stamps.max())
        let plain = try a.run("status", "--lang", "zh-Hans").succeeded()
        #expect(plain.stdout.contains("导入 1"))
    }

    @Test func replica_openedWithSQLite_showsPlainColumns() throws {
        let a = try FieldDevice("a", in: folder)
        _ = try importStops(a)
        let rows = try a.query("SELECT point, mode, arrived_at FROM stops LIMIT 3")
        #expect(
            rows.split(separator: "\n") == [
                "NDJ-077|foot|2021-01-01T10:00:56Z", "NDJ-126|vehicle|2021-01-01T10:24:57Z",
                "NDJ-011|bicycle|2021-01-01T10:50:06Z",
            ])
        #expect(try a.query("SELECT typeof(team_size) FROM stops LIMIT 1") == "integer")
    }

    private static func seed() -> UInt64 {
        ProcessInfo.processInfo.environment["CRASH_SEED"].flatMap { UInt64($0) }
            ?? .random(in: 0...(.max))
    }

    /// Kills imports of `copies` times the rows at random moments.
    ///
    /// Rows of one transaction: `ImportRun.rowsPerSave`.
    @Test(arguments: [(copies: 1, kills: 10), (copies: 5, kills: 4)])
    func import_killedAtRandomMoments_keepsWholeTransactionsAndCompletes(
        _ plan: (copies: Int, kills: Int)
    ) throws {
        let file = try Self.repeated(plan.copies, in: folder)
        let total = Self.count * Int64(plan.copies)
        let rowsPerSave: Int64 = 5_000
        let seed = Self.seed()
        print("import crashes: replay with CRASH_SEED=\(seed)")
        var random = SeededGenerator(seed: seed)
        let whole = try FieldDevice("whole", in: folder)
        let began = ContinuousClock.now
        try whole.run("import", file, "--into", "stops").succeeded()
        let duration = ContinuousClock.now - began
        let order = try Self.ids(whole)
        #expect(order.count == Int(total))

        for number in 1...plan.kills {
            let device = try FieldDevice("crash\(number)", in: folder)
            let moment = duration * Double.random(in: 0...1, using: &random)
            let isKilled = try device.start(["import", file, "--into", "stops"])
                .kill(after: moment)
            // Before anything opens it for writing: a reader recovers the write-ahead log.
            #expect(try device.query("PRAGMA integrity_check") == "ok")
            let ids = try Self.ids(device)
            let kept = Int64(ids.count)
            #expect(kept == total || kept % rowsPerSave == 0 && isKilled, "\(kept) \(moment)")
            #expect(ids == Array(order.prefix(ids.count)))
            // The last transaction holds the record of the import too.
            #expect(try device.pending == kept + (kept == total ? 1 : 0))
            let again = try device.json("import", file, "--into", "stops")
            #expect(again.number("new") == total - kept)
            #expect(try device.status()["records"]?.number("stops") == total)
            #expect(try Set(Self.ids(device)) == Set(order))
        }
    }

    private static func ids(_ device: FieldDevice) throws -> [Substring] {
        try device.query(
            "SELECT hex(id) FROM records WHERE collection = 'stops' ORDER BY row"
        ).split(separator: "\n")
    }

    /// The sample file with its rows several times: equal rows of one file are told apart.
    private static func repeated(_ copies: Int, in folder: TestFolder) throws -> String {
        let bytes = try Data(contentsOf: URL(filePath: stops))
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return stops }
        let rows = bytes[bytes.index(after: end)...]
        var all = Data(bytes[...end])
        for _ in 0..<copies { all += rows }
        let path = folder.file("stops.csv")
        try all.write(to: URL(filePath: path))
        return path
    }
}
