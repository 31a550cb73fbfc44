import Gzip
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// What a replica's file shows by itself.
@Suite struct VerifyReplicaTests {
    private func tamper(
        _ world: VerifyWorld, _ name: String, _ body: (StoreConnection) throws -> Void
    ) throws -> VerifyReport {
        try world.replicas[name]!.close()
        let file = try StoreFile(
            path: world.folder.file("\(name).sqlite"), purpose: .replica,
            tables: ReplicaTables.versions)
        try file.write(body)
        try file.close()
        return try world.verify("\(name).sqlite")
    }

    @Test func verify_everyReplica_isOKAndComparedWithTheHead() async throws {
        let world = try await VerifyWorld.lived()
        for name in ["a", "b", "c", "d"] {
            let report = try world.verify("\(name).sqlite")
            #expect(report.problems == [], "\(name)")
            #expect(report.isOK)
            #expect(report.receipts == report.batches)
            #expect(report.checked.contains(.stateAtHead), "\(name)")
            #expect(report.hubKey == world.hubKey.publicKey)
        }
    }

    @Test func verify_pendingChanges_saysThatTheStateIsNotCompared() async throws {
        let world = try await VerifyWorld.lived()
        try world.set("a", VerifyWorld.stop(70), ["note": "pending"])
        let report = try world.verify("a.sqlite", hubKey: world.hubKey.publicKey)
        #expect(report.problems == [])
        #expect(report.pending == 1)
        #expect(report.notChecked.contains(.init(.stateAtHead, .changesPending)))
        #expect(report.checked.contains(.hubKey))
    }

    @Test func verify_neverJoined_isOKAndSaysWhatIsNotThere() async throws {
        let world = try VerifyWorld()
        let path = world.folder.file("new.sqlite")
        let replica = try Replica.create(path: path, name: "new", environment: .system)
        _ = try replica.save([Edit(VerifyWorld.stop(1), .set(["note": "x"]))])
        let report = try world.verify("new.sqlite")
        #expect(report.isOK)
        #expect(report.notChecked.contains(.init(.receipts, .neverSynced)))
    }

    @Test func tamper_ownRecord_namesRecordAndField() async throws {
        let world = try await VerifyWorld.lived()
        let key = VerifyWorld.stop(5)
        let report = try tamper(world, "a") { store in
            try store.run(
                "UPDATE records SET fields = replace(fields, 'a5', 'x5') WHERE id = ?",
                .blob(key.id.bytes))
        }
        #expect(report.lines == ["record_altered stops/\(key.id.hex)"])
        #expect(report.problems.first?.evidence.first == .init(.fields, "note"))
    }

    @Test func tamper_ownRecordAndDigest_isNamedByTheHubsDigest() async throws {
        let world = try await VerifyWorld.lived()
        let key = VerifyWorld.stop(5)
        let report = try tamper(world, "a") { store in
            let records = RecordTable(store)
            var state = try #require(try records.record(key)).state()
            let stamp = try #require(state["note"]).stamp
            state.put("note", Register(CanonicalValue("other"), stamp))
            try records.put(state, position: 0)
            try records.finish()
        }
        #expect(report.lines == ["record_altered stops/\(key.id.hex)"])
    }

    @Test func tamper_recordOfAnother_namesBucketAndRecord() async throws {
        let world = try await VerifyWorld.lived()
        let key = VerifyWorld.stop(5)
        let bucket = DigestTree.bucket(of: key)
        let report = try tamper(world, "b") { store in
            try store.run(
                "UPDATE records SET fields = replace(fields, 'a5', 'x5') WHERE id = ?",
                .blob(key.id.bytes))
        }
        #expect(report.lines == ["digest_row_differs digest/\(bucket)"])
        let named = report.problems.first?.evidence.last
        #expect(named == .init(.records, "stops/\(key.id.hex.prefix(12))"))
    }

    @Test func tamper_recordOfAnotherAndDigest_isNamedByTheHubsDigest() async throws {
        let world = try await VerifyWorld.lived()
        let report = try tamper(world, "b") { store in
            let records = RecordTable(store)
            let found = try #require(try records.record(VerifyWorld.stop(5)))
            try records.remove(found)
            try records.finish()
        }
        #expect(report.problems.map(\.kind) == [.digestDiffers])
    }

    @Test func tamper_ownBatchReceiptAndHead_eachIsNamed() async throws {
        let world = try await VerifyWorld.lived()
        let report = try tamper(world, "a") { store in
            try store.run("UPDATE batches SET batch = x'00' WHERE number = 1")
            try store.run("UPDATE batches SET signature = zeroblob(64) WHERE number = 2")
            try store.run("UPDATE batches SET receipt = x'00' WHERE number = 3")
            try store.run(
                "UPDATE heads SET head = replace(head, '\"time\":1', '\"time\":2') "
                    + "WHERE size = (SELECT max(size) FROM heads)")
        }
        let found = Set(report.problems.map(\.kind))
        #expect(
            found.isSuperset(of: [
                .batchDamaged, .signatureInvalid, .receiptInvalid, .headForged,
            ]))
    }

    /// Three saves wait; one is taken out, doubled or altered.
    @Test(arguments: [
        "DELETE FROM pending WHERE sequence = (SELECT min(sequence) FROM pending)",
        "DELETE FROM pending WHERE sequence = (SELECT max(sequence) FROM pending)",
        "DELETE FROM pending",
        "INSERT INTO pending(saved_at, count, last_stamp, changes) "
            + "SELECT saved_at, count, last_stamp, changes FROM pending ORDER BY sequence LIMIT 1",
        "UPDATE pending SET changes = CAST(replace(changes, 'second', 'zweite') AS BLOB)",
        "UPDATE pending SET count = count + 1",
    ])
    func tamper_savesThatWait_areNamed(_ sql: String) async throws {
        let world = try await VerifyWorld.lived()
        try world.set("a", VerifyWorld.stop(70), ["note": "first"])
        try world.set("a", VerifyWorld.stop(70), ["note": "second"])
        try world.set("a", VerifyWorld.stop(71), ["note": "third"])
        let report = try tamper(world, "a") { try $0.run(sql) }
        #expect(report.kinds.contains(.pendingDamaged), "\(report.lines)")
    }

    @Test func tamper_pendingRow_isNamed() async throws {
        let world = try await VerifyWorld.lived()
        try world.set("a", VerifyWorld.stop(70), ["note": "pending"])
        let report = try tamper(world, "a") { store in
            try store.run("UPDATE pending SET changes = x'7b'")
        }
        #expect(Set(report.problems.map(\.kind)) == [.pendingDamaged])
    }

    @Test func tamper_anyByteOfTheFile_neverCrashes() async throws {
        let world = try await VerifyWorld.lived()
        try world.replicas["a"]!.close()
        let good = try world.folder.read(world.folder.file("a.sqlite"))
        var random = SeededGenerator(seed: 11)
        for _ in 0..<24 {
            var bad = good
            for _ in 0..<8 {
                bad[Int.random(in: 100..<bad.count, using: &random)] = .random(
                    in: 0...255, using: &random)
            }
            try world.folder.write(bad, to: "a.sqlite")
            _ = try? world.verify("a.sqlite")
        }
    }
}
