import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// Someone without a key changes what the hub serves beside its journal.
@Suite struct TamperStateTests {
    @Test func tamper_fieldOfOneRecord_namesRecordAndField() async throws {
        let world = try await VerifyWorld.lived()
        let key = VerifyWorld.stop(5)
        try world.tamper { store in
            try store.run(
                "UPDATE records SET fields = replace(fields, 'a5', 'x5') WHERE id = ?",
                .blob(key.id.bytes))
        }
        let report = try world.verify()
        #expect(report.lines == ["record_altered stops/\(key.id.hex)"])
        #expect(report.fact(.recordAltered, .fields) == "note")
    }

    @Test func tamper_clockOfOneRecord_namesItsFields() async throws {
        let world = try await VerifyWorld.lived()
        let key = VerifyWorld.stop(5)
        try world.tamper { store in
            try store.run(
                "UPDATE records SET clock = CAST(x'02' || substr(clock, 2) AS BLOB) WHERE id = ?",
                .blob(key.id.bytes))
        }
        let report = try world.verify()
        #expect(report.lines == ["record_altered stops/\(key.id.hex)"])
        #expect(report.fact(.recordAltered, .fields) == "n, note")
    }

    @Test func tamper_positionOfOneRecord_isNamed() async throws {
        let world = try await VerifyWorld.lived()
        let key = VerifyWorld.stop(5)
        try world.tamper { store in
            try store.run(
                "UPDATE records SET position = 1 WHERE id = ?", .blob(key.id.bytes))
        }
        let report = try world.verify()
        #expect(report.lines == ["record_altered stops/\(key.id.hex)"])
        #expect(report.fact(.recordAltered, .found) == "position 1")
    }

    @Test func tamper_recordFieldsToBrokenText_namesRecord() async throws {
        let world = try await VerifyWorld.lived()
        let key = VerifyWorld.stop(5)
        try world.tamper { store in
            try store.run(
                "UPDATE records SET fields = '{', clock = x'00' WHERE id = ?",
                .blob(key.id.bytes))
        }
        #expect(
            try world.verify().lines == ["record_altered stops/\(key.id.hex)"])
    }

    @Test func tamper_recordAddedAndRecordRemoved_namesBoth() async throws {
        let world = try await VerifyWorld.lived()
        let (gone, new) = (VerifyWorld.stop(5), VerifyWorld.stop(77))
        try world.tamper { store in
            try store.run(
                "INSERT INTO records(collection, id, fields, clock, position) "
                    + "SELECT collection, ?, fields, clock, position FROM records WHERE id = ?",
                .blob(new.id.bytes), .blob(gone.id.bytes))
            try store.run("DELETE FROM records WHERE id = ?", .blob(gone.id.bytes))
        }
        #expect(
            try world.verify().lines == [
                "record_missing stops/\(gone.id.hex)", "record_added stops/\(new.id.hex)",
            ])
    }

    @Test func tamper_conflictRemoved_isNamed() async throws {
        let world = try await VerifyWorld.lived()
        let id = try #require(
            try world.journal().flatMap { $0.leaf.verdict.conflicts }.first)
        try world.tamper { store in
            try store.run(
                "DELETE FROM records WHERE collection = 'conflicts' AND id = ?", .blob(id.bytes))
        }
        #expect(
            try world.verify().lines == ["conflict_missing conflicts/\(id.hex)"])
    }

    @Test func tamper_tablesBesideTheJournal_areNamed() async throws {
        let world = try await VerifyWorld.lived()
        try world.tamper { store in
            try store.run("UPDATE journal SET is_clean = 1 - is_clean WHERE position = 2")
            try store.run("UPDATE writers SET last_effective = last_effective + 1 WHERE peer = 1")
            try store.run("DELETE FROM restamps")
            try store.run("UPDATE digest SET children = zeroblob(2048) WHERE node = 64")
            try store.run("UPDATE merkle SET hash = zeroblob(32) WHERE level = 2 AND place = 0")
            try store.run("UPDATE meta SET value = 5 WHERE key = 'last_received_at'")
        }
        let found = try world.verify().lines
        #expect(found.contains("row_differs journal/2"))
        #expect(found.contains("row_differs writers/1"))
        #expect(found.contains { $0.hasPrefix("row_differs restamps/") })
        #expect(found.contains("digest_row_differs digest/64"))
        #expect(found.contains("tree_altered journal/4"))
        #expect(found.contains("row_differs file"))
        #expect(found.count == 6)
    }

    @Test func tamper_anyByteOfTheFile_neverCrashes() async throws {
        let world = try await VerifyWorld.lived()
        try world.closeHub()
        let path = world.hubPath + "/hub.sqlite"
        let good = try world.folder.read(path)
        var random = SeededGenerator(seed: 7)
        for _ in 0..<24 {
            var bad = good
            for _ in 0..<8 {
                bad[Int.random(in: 100..<bad.count, using: &random)] = .random(
                    in: 0...255, using: &random)
            }
            try world.folder.write(bad, to: "hub/hub.sqlite")
            _ = try? world.verify()
        }
    }
}
