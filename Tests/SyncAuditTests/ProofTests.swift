import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub

/// A proof holds by the hub's key alone, and no byte of it can be another.
@Suite struct ProofTests {
    private func proof(_ world: VerifyWorld, _ key: RecordKey) throws -> RecordProof {
        try RecordProof(AuditFile(world.hubPath), of: key)
    }

    @Test func prove_everyRecordOfAHubThatLived_holdsByItsKey() async throws {
        let world = try await VerifyWorld.lived()
        let journal = try world.journal()
        let keys = Set(journal.flatMap { $0.batch.changes.map(\.key) })
        #expect(keys.count > 10)
        for key in keys {
            let bytes = try proof(world, key).encoded
            let proven = try RecordProof(encoded: bytes).check(hubKey: world.hubKey.publicKey)
            #expect(proven.record == key)
            let expected = journal.flatMap { entry in
                entry.batch.changes.filter { $0.key == key }.map { _ in entry.leaf.position }
            }
            #expect(proven.changes.map(\.position) == expected)
            for change in proven.changes where change.device != proven.hub {
                let name = try #require(change.enrolment).name
                #expect(try world.device(name) == change.device)
            }
        }
    }

    @Test func check_suspectAndQuarantined_areSaid() async throws {
        let world = try await VerifyWorld.lived()
        let key = world.hubKey.publicKey
        let suspect = try proof(world, VerifyWorld.stop(3)).check(hubKey: key)
        #expect(suspect.changes.map(\.isSuspect) == [false, true])
        let point = RecordKey("points", .init(high: 1, low: 9))
        let quarantined = try proof(world, point).check(hubKey: key)
        #expect(quarantined.changes.map(\.quarantine) == ["role"])
    }

    /// Every byte, by a bit that the seed draws.
    @Test func check_anyByteChanged_isRefused() async throws {
        let world = try await VerifyWorld.lived()
        let file = try proof(world, VerifyWorld.stop(6)).encoded
        let seed = UInt64.random(in: 0...(.max))
        print("proof bytes: seed \(seed), \(file.count) bytes")
        var random = SeededGenerator(seed: seed)
        for index in file.indices {
            var altered = file
            altered[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
            let hasHeld = Self.holds(altered, world)
            #expect(!hasHeld, "byte \(index)")
        }
        #expect(Self.holds(file, world))
    }

    @Test func check_byteAddedOrTakenAway_isRefused() async throws {
        let world = try await VerifyWorld.lived()
        let file = try proof(world, VerifyWorld.stop(6)).encoded
        for index in stride(from: 0, through: file.count, by: 7) {
            var longer = file
            longer.insert(UInt8(ascii: " "), at: index)
            #expect(!Self.holds(longer, world), "space at \(index)")
        }
        #expect(!Self.holds(Array(file.dropLast()), world))
        #expect(!Self.holds(file + [0x0A], world))
        #expect(!Self.holds([], world))
        let text = String(decoding: file, as: UTF8.self)
        let extra = text.replacing(#""kind":"#, with: #""kinda":1,"kind":"#)
        #expect(!Self.holds(Array(extra.utf8), world))
    }

    private static func holds(_ file: [UInt8], _ world: VerifyWorld) -> Bool {
        (try? RecordProof(encoded: file).check(hubKey: world.hubKey.publicKey)) != nil
    }

    private func fault(_ proof: RecordProof, _ key: PublicKey) -> ProofFault.Kind? {
        do throws(ProofFault) {
            _ = try RecordProof(encoded: proof.encoded).check(hubKey: key)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test func check_partsOfOtherProofs_areRefused() async throws {
        let world = try await VerifyWorld.lived()
        let key = world.hubKey.publicKey
        let good = try proof(world, VerifyWorld.stop(1))
        let other = try proof(world, VerifyWorld.stop(6))
        func made(
            record: RecordKey? = nil, batches: [RecordProof.Entry]? = nil,
            enrolments: [RecordProof.Entry]? = nil, heads: [SignedHead]? = nil,
            keys: [PublicKey] = []
        ) -> RecordProof {
            RecordProof(
                record: record ?? good.record, batches: batches ?? good.batches,
                enrolments: enrolments ?? good.enrolments, heads: heads ?? good.heads, keys: keys)
        }
        #expect(fault(good, key) == nil)
        #expect(fault(made(record: VerifyWorld.stop(77)), key) == .notNamed)
        #expect(fault(made(batches: good.batches + other.batches), key) != nil)
        #expect(fault(made(batches: good.batches.reversed()), key) == .order)
        #expect(fault(made(batches: []), key) == .empty)
        #expect(fault(made(enrolments: []), key) == .device)
        #expect(fault(made(enrolments: good.enrolments + other.enrolments), key) == .device)
        #expect(fault(made(heads: []), key) == .empty)
        let stray = try world.store.file.read { try JournalTable($0).head(1) }
        #expect(fault(made(heads: [stray] + good.heads), key) == .headMissing)
        let swapped = zip(good.batches, good.batches.reversed()).map { entry, donor in
            RecordProof.Entry(
                batch: entry.batch, leaf: entry.leaf, head: entry.head, path: donor.path)
        }
        #expect(fault(made(batches: swapped), key) == .notIncluded)
        let crossed = zip(good.batches, good.batches.reversed()).map { entry, donor in
            RecordProof.Entry(
                batch: entry.batch, leaf: donor.leaf, head: entry.head, path: donor.path)
        }
        #expect(fault(made(batches: crossed.reversed()), key) != nil)
    }

    @Test func check_anotherHubsKey_isRefused() async throws {
        let world = try await VerifyWorld.lived()
        let stranger = try #require(SigningKey(seed: Array(repeating: 7, count: 32)))
        let proof = try proof(world, VerifyWorld.stop(1))
        #expect(fault(proof, stranger.publicKey) == .head)
    }

    /// A forger with a hub's key of his own cannot pass off a head as the pinned hub's.
    @Test func check_headSignedByAnother_isRefused() async throws {
        let world = try await VerifyWorld.lived()
        let good = try proof(world, VerifyWorld.stop(1))
        let forger = try #require(SigningKey(seed: Array(repeating: 8, count: 32)))
        let head = SignedHead(try #require(good.heads.first).head, key: forger)
        let forged = RecordProof(
            record: good.record, batches: good.batches, enrolments: good.enrolments,
            heads: [head], keys: [])
        #expect(fault(forged, world.hubKey.publicKey) == .head)
        #expect(fault(forged, forger.publicKey) == .head)
    }

    @Test func prove_deviceFile_provesItsOwnReceiptedChanges() async throws {
        let world = try await VerifyWorld.lived()
        let file = try AuditFile(world.folder.file("b.sqlite"))
        let proof = try RecordProof(file, of: VerifyWorld.stop(1))
        let proven = try RecordProof(encoded: proof.encoded)
            .check(hubKey: world.hubKey.publicKey)
        let own = try world.device("b")
        #expect(proven.changes.map(\.device) == [own])
        #expect(proven.changes.map(\.enrolment) == [nil])
        // A key that fits no device of the file has no place in it.
        let stranger = try #require(SigningKey(seed: Array(repeating: 7, count: 32)))
        let padded = RecordProof(
            record: proof.record, batches: proof.batches, enrolments: proof.enrolments,
            heads: proof.heads,
            keys: (proof.keys + [stranger.publicKey]).sorted { $0.hex < $1.hex })
        #expect(fault(padded, world.hubKey.publicKey) == .device)
    }

    @Test func prove_pendingChange_saysItIsNotLogged() async throws {
        let world = try await VerifyWorld.lived()
        try world.set("a", VerifyWorld.stop(50), ["note": "not sent"])
        let file = try AuditFile(world.folder.file("a.sqlite"))
        #expect(throws: ProofMakingFault.notLogged) {
            try RecordProof(file, of: VerifyWorld.stop(50))
        }
    }

    @Test func prove_treeAltered_saysTheLogIsBroken() async throws {
        let world = try await VerifyWorld.lived()
        try world.tamper { try $0.run("UPDATE merkle SET hash = zeroblob(32) WHERE level = 1") }
        let file = try AuditFile(world.hubPath)
        #expect(throws: ProofMakingFault.self) { try RecordProof(file, of: VerifyWorld.stop(1)) }
    }

    @Test func prove_treeCut_saysTheFileIsDamaged() async throws {
        let world = try await VerifyWorld.lived()
        try world.tamper { try $0.run("DELETE FROM merkle WHERE level = 1") }
        let file = try AuditFile(world.hubPath)
        #expect(throws: StoreError.self) { try RecordProof(file, of: VerifyWorld.stop(1)) }
    }
}
