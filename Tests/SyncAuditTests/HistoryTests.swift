import Gzip
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub

/// The journal tells what each record held, and by which rule.
@Suite struct HistoryTests {
    private func history(_ world: VerifyWorld, _ low: UInt64) throws -> RecordHistory {
        try RecordHistory(AuditFile(world.hubPath), of: VerifyWorld.stop(low))
    }

    private func write(
        _ history: RecordHistory, _ event: Int, _ field: String
    ) throws -> HistoryWrite {
        try #require(history.events[event].writes.first { $0.name == field })
    }

    @Test func history_everyRecord_leadsToWhatIsServed() async throws {
        let world = try await VerifyWorld.lived()
        let journal = try world.journal()
        let file = try AuditFile(world.hubPath)
        for key in Set(journal.flatMap { $0.batch.changes.map(\.key) }) {
            let history = try RecordHistory(file, of: key)
            #expect(history.isConsistent, "\(key)")
            #expect(history.derived == history.present)
            let changes = journal.flatMap(\.batch.changes).filter { $0.key == key }.count
            #expect(history.events.count == changes)
        }
    }

    @Test func history_conflict_namesBothSidesAndWhoSettledIt() async throws {
        let world = try await VerifyWorld.lived()
        let history = try history(world, 1)
        let listed = try #require(history.conflicts.first { $0.conflict.field == "note" })
        let (a, b) = (try world.device("a"), try world.device("b"))
        #expect(history.events.map(\.device) == [a, a, b, a])
        let fromB = try write(history, 2, "note")
        #expect(fromB.conflicts.map(\.id) == [listed.id])
        #expect(fromB.conflicts.map(\.isKept) == [true])
        #expect(fromB.before?.value.value == "from a")
        #expect(fromB.rule == .laterStamp)
        // Settled in favour of what was lost.
        #expect(history.events[3].resolves == [listed.id])
        #expect(try write(history, 3, "note").value.value == "from a")
        #expect(listed.resolution?.device == a)
        #expect(history.present?["note"]?.value.value == "from a")
    }

    @Test func history_laterWriterDeliversFirst_writeDoesNotStand() async throws {
        let world = try VerifyWorld()
        for name in ["a", "b"] { try await world.join(name) }
        try world.set("a", VerifyWorld.stop(1), ["note": "early"])
        try world.set("b", VerifyWorld.stop(1), ["note": "late"])
        try await world.sync("b", "a")
        let history = try history(world, 1)
        let fromA = try write(history, 1, "note")
        #expect(fromA.rule == .lostToLaterStamp)
        #expect(!fromA.isApplied)
        #expect(fromA.before?.value.value == "late")
        #expect(fromA.conflicts.map(\.isKept) == [false])
        #expect(history.isConsistent)
    }

    @Test func history_editOfDeleted_listsTheConflictWithTheDeletion() async throws {
        let world = try VerifyWorld()
        for name in ["a", "b"] { try await world.join(name) }
        try world.set("a", VerifyWorld.stop(1), ["note": "x", "n": 1])
        try await world.sync("a", "b")
        try world.set("b", VerifyWorld.stop(1), ["note": "edited"])
        world.clock.advance(1_000)
        _ = try world.replicas["a"]!.save([Edit(VerifyWorld.stop(1), .delete)])
        try await world.sync("b", "a")
        // Case 3: the delete came after an edit that it had not seen.
        let deletion = try history(world, 1)
        #expect(deletion.events.map(\.kind) == [.created, .edited, .deleted])
        let mark = try write(deletion, 2, FieldName.deleted)
        #expect(mark.conflicts.map(\.isKept) == [true])
        // Case 2: an edit by one who did not know of the delete.
        try world.set("b", VerifyWorld.stop(1), ["n": 2])
        try await world.sync("b")
        let edit = try write(try history(world, 1), 3, "n")
        #expect(edit.conflicts.map(\.isKept) == [false])
        let listed = try ConflictListing(AuditFile(world.hubPath)).conflicts
        #expect(Set(listed.map(\.id)) == Set((mark.conflicts + edit.conflicts).map(\.id)))
        #expect(listed.allSatisfy { $0.conflict.keptField == FieldName.deleted })
    }

    @Test func history_suspectAndQuarantined_areMarked() async throws {
        let world = try await VerifyWorld.lived()
        let suspect = try history(world, 3).events[1]
        #expect(suspect.isSuspect)
        #expect(suspect.claimed.milliseconds > world.clock.now + VerifyWorld.year / 2)
        #expect(suspect.effective.milliseconds <= world.clock.now)

        let file = try AuditFile(world.hubPath)
        let point = RecordKey("points", .init(high: 1, low: 9))
        let finder = try #require(RecordFinder("points/\(point.id.hex)"))
        #expect(try finder.keys(in: file) == [point])
        let history = try RecordHistory(file, of: point)
        #expect(history.events.map(\.quarantine) == ["role"])
        #expect(history.events[0].writes.map(\.rule) == [.quarantined])
        #expect(history.present == nil && history.derived == nil && history.isConsistent)
    }

    @Test func history_rowAlteredOutsideThePrograms_saysWhere() async throws {
        let world = try await VerifyWorld.lived()
        try world.tamper {
            try $0.run(
                "UPDATE records SET fields = json_set(fields, '$.note', 'forged') WHERE id = ?",
                .blob(VerifyWorld.stop(2).id.bytes))
        }
        #expect(try history(world, 2).differences == ["note"])
        #expect(try history(world, 1).differences == [])
    }

    @Test func history_recordTakenOut_isFoundInTheLog() async throws {
        let world = try await VerifyWorld.lived()
        let key = VerifyWorld.stop(2)
        try world.tamper { try $0.run("DELETE FROM records WHERE id = ?", .blob(key.id.bytes)) }
        let file = try AuditFile(world.hubPath)
        #expect(try #require(RecordFinder(key.id.hex)).keys(in: file) == [key])
        let history = try RecordHistory(file, of: key)
        #expect(history.present == nil)
        #expect(history.differences == ["n", "note"])
    }

    @Test func history_batchDamaged_saysWhichIsMissing() async throws {
        let world = try await VerifyWorld.lived()
        let events = try history(world, 2).events
        guard case .logged(let position, _) = try #require(events.last).place else { return }
        try world.tamper {
            try $0.run(
                "UPDATE journal SET batch = x'00' WHERE position = ?", .integer(position))
        }
        let history = try history(world, 2)
        #expect(history.unreadable == [position])
        #expect(history.events.count == events.count - 1)
        #expect(!history.isConsistent)
    }

    /// Still a batch of good form, but not the one that was signed.
    @Test func history_batchAltered_isNotToldAsHistory() async throws {
        let world = try await VerifyWorld.lived()
        let journal = try world.journal()
        let entry = try #require(journal.first { $0.batch.key(0) == VerifyWorld.stop(1) })
        let text = String(decoding: entry.batch.bytes, as: UTF8.self)
        let forged = Gzip.compress(Array(text.replacing("\"a1\"", with: "\"A1\"").utf8))
        #expect(text.contains("\"a1\""))
        try world.tamper {
            try $0.run(
                "UPDATE journal SET batch = ? WHERE position = ?", .blob(forged),
                .integer(entry.leaf.position))
        }
        #expect(try history(world, 1).unreadable == [entry.leaf.position])
    }

    @Test func history_leafDamaged_saysWhichIsMissing() async throws {
        let world = try await VerifyWorld.lived()
        try world.tamper { try $0.run("UPDATE journal SET leaf = '{}' WHERE position = 6") }
        let found = try (1...6).map { try history(world, $0).unreadable }
        #expect(found.contains([6]))
    }

    @Test func history_deviceFile_tellsItsOwnChangesAndWhereTheyAre() async throws {
        let world = try await VerifyWorld.lived()
        try world.set("b", VerifyWorld.stop(1), ["note": "not sent"])
        let file = try AuditFile(world.folder.file("b.sqlite"))
        let history = try RecordHistory(file, of: VerifyWorld.stop(1))
        #expect(!history.isHub && history.derived == nil && history.differences == [])
        #expect(history.events.map(\.kind) == [.edited, .edited])
        #expect(history.events.last?.place == .saved)
        #expect(history.events.last?.writes.map(\.rule) == [.unknown])
        #expect(history.present?["note"]?.value.value == "not sent")
    }

    @Test func conflicts_ofHubAndDevice_areTheSame() async throws {
        let world = try await VerifyWorld.lived()
        let hub = try ConflictListing(AuditFile(world.hubPath))
        let device = try ConflictListing(AuditFile(world.folder.file("a.sqlite")))
        #expect(hub.conflicts.count >= 1 && hub.unreadable == [])
        #expect(Set(hub.conflicts.map(\.id)) == Set(device.conflicts.map(\.id)))
        #expect(hub.conflicts.contains { $0.resolution != nil })
    }
}
