import SyncCore
import TestSupport
import Testing

@testable import SyncStore

@Suite struct RecordTableTests {
    private let folder = TestFolder()

    private func open() throws -> StoreFile {
        try StoreFile(
            path: folder.file("x.sqlite"), purpose: .hub,
            tables: [SharedTables.version1, SharedTables.version2, SharedTables.version3])
    }

    private func state(_ low: UInt64, _ values: [String: Value], _ time: Int64) -> RecordState {
        var state = RecordState(RecordKey("stops", ID128(high: 1, low: low)))
        for (offset, entry) in values.sorted(by: { $0.key < $1.key }).enumerated() {
            let stamp = Stamp(
                time: StampTime(milliseconds: time + Int64(offset % 2)),
                device: DeviceID(high: 5, low: UInt64(offset % 3)))
            state.put(entry.key, Register(CanonicalValue(entry.value), stamp))
        }
        return state
    }

    @Test func put_anyStates_readBackAsTheyWereAndDigestIsTrue() throws {
        let file = try open()
        var random = SeededGenerator(seed: 3)
        var truth: [RecordKey: RecordState] = [:]
        for round in 0..<40 {
            try file.write { store in
                let records = RecordTable(store)
                for _ in 0..<5 {
                    let low = UInt64.random(in: 0...30, using: &random)
                    var values: [String: Value] = [
                        "note": .text("第\(round)次"), "n": .number(Double(low)), "z": nil,
                    ]
                    if random.oneIn(3) { values["_deleted"] = .bool(random.oneIn(2)) }
                    let made = state(low, values, Int64(round))
                    try records.put(made, position: Int64(round))
                    truth[made.key] = made
                }
                if random.oneIn(3), let gone = truth.keys.sorted().first,
                    let stored = try records.record(gone)
                {
                    try records.remove(stored)
                    truth[gone] = nil
                }
                try records.finish()
            }
        }
        var sums = DigestSums()
        for state in truth.values { sums.add(state.hash, for: state.key) }
        try file.read { store in
            let records = RecordTable(store)
            let root = try records.digestRoot()
            #expect(root == sums.root)
            let counts = try records.counts()
            #expect(counts == ["stops": truth.values.count { !$0.isDeleted }])
            var count = 0
            try records.each(collection: nil) { stored in
                count += 1
                let state = try stored.state()
                #expect(state == truth[stored.key])
            }
            #expect(count == truth.count)
        }
    }

    @Test func write_throwingInTheMiddle_leavesNothing() throws {
        struct Stop: Error {}
        let file = try open()
        #expect(throws: Stop.self) {
            try file.write { store in
                let records = RecordTable(store)
                try records.put(state(1, ["f": 1], 1), position: 1)
                try records.finish()
                throw Stop()
            }
        }
        let count = try file.read { try $0.integer("SELECT count(*) FROM records") }
        #expect(count == 0)
    }

    @Test func open_fileOfAnotherPurposeOrNewerSchema_isRefused() throws {
        try open().close()
        #expect(throws: StoreError.self) {
            try StoreFile(
                path: folder.file("x.sqlite"), purpose: .replica,
                tables: [SharedTables.version1, SharedTables.version2, SharedTables.version3])
        }
        #expect(throws: StoreError.self) {
            try StoreFile(path: folder.file("x.sqlite"), purpose: .hub, tables: [])
        }
    }

    @Test func insertion_makesNoTableForEachRow() throws {
        let file = try open()
        var operations: Set<String> = []
        try file.read { store in
            try store.each("EXPLAIN " + RecordTable.insertionText) {
                operations.insert($0.text(1))
            }
        }
        #expect(operations.contains("IdxInsert"))
        #expect(!operations.contains("OpenEphemeral"))
    }

    @Test func each_hubsCollection_isReadByItsIndex() throws {
        let file = try open()
        var plan = ""
        try file.read { store in
            try store.each(
                "EXPLAIN QUERY PLAN " + RecordTable.selection(of: HubCollection.devices)
            ) { plan += $0.text(3) }
        }
        #expect(plan.contains("records_hub"))
    }

    @Test func view_collection_hasPlainColumnsAndHidesDeleted() throws {
        let file = try open()
        let view = ViewDescription(
            name: "stops", collection: "stops", columns: [.init(name: "note", field: "note")])
        try file.write { store in
            try store.refreshViews([view])
            let records = RecordTable(store)
            try records.put(state(1, ["note": "一切正常"], 1), position: 0)
            try records.put(state(2, ["note": "gone", "_deleted": true], 1), position: 0)
            try records.finish()
        }
        var notes: [String] = []
        try file.read { try $0.each("SELECT note FROM stops") { notes.append($0.text(0)) } }
        #expect(notes == ["一切正常"])
        let hasViews = try file.read { try $0.hasViews([view]) }
        #expect(hasViews)
    }

    @Test func shrink_mostOfTheFileDeleted_givesPagesBack() throws {
        let file = try open()
        try file.write { store in
            for key in 0..<600 {
                try MetaTable(store).set("k\(key)", .blob([UInt8](repeating: 7, count: 4_096)))
            }
        }
        try file.write { try $0.run("DELETE FROM meta") }
        let before = try file.read { try $0.integer("PRAGMA page_count") }
        try file.shrink()
        let after = try file.read { try $0.integer("PRAGMA page_count") }
        #expect(before > 600)
        #expect(after < before / 4)
    }

    @Test func keys_prefixOfAnyLength_findsJustThose() throws {
        let file = try open()
        try file.write { store in
            let records = RecordTable(store)
            for low in [0x10, 0x1F, 0x20] as [UInt64] {
                try records.put(state(low, ["n": 1], 1), position: 1)
            }
            try records.finish()
        }
        let found = try file.read { store in
            let records = RecordTable(store)
            let start = String(repeating: "0", count: 15) + "1" + String(repeating: "0", count: 14)
            return try ["", start, start + "1", start + "1f", start + "1f0", "zz"].map {
                try records.keys(idPrefix: $0, collection: "stops", limit: 9).count
            }
        }
        #expect(found == [3, 3, 2, 1, 0, 0])
    }
}
