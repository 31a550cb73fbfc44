import Gzip
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// A hub that is asked over the network, by a device with the auditor's role.
@Suite struct VerifyAddressTests {
    private func verify(
        _ world: VerifyWorld, as name: String, against: [String] = []
    ) async throws -> VerifyReport {
        var options = Verifier.Options()
        options.against = against.map { world.folder.file($0) }
        options.hubKey = world.hubKey.publicKey
        return try await Verifier(options).verify(
            address: "http://127.0.0.1:1", transport: world.transport,
            access: access(world, name), environment: .system)
    }

    private func access(_ world: VerifyWorld, _ name: String) throws -> HubAccess {
        let replica = try #require(world.replicas[name])
        return HubAccess(token: try #require(replica.token), device: try replica.deviceID())
    }

    private func audited() async throws -> VerifyWorld {
        let world = try await VerifyWorld.lived()
        try await world.join("e", role: .auditor)
        return world
    }

    @Test func verify_address_provesTheJournalAndItsDigest() async throws {
        let world = try await audited()
        let file = try world.verify()
        let report = try await verify(world, as: "e", against: ["a.sqlite"])
        #expect(report.problems == [])
        #expect(report.isOK)
        #expect(report.batches == file.batches)
        #expect(report.changes == file.changes)
        #expect(report.recordsByCollection == file.recordsByCollection)
        #expect(report.checked.contains(.digest) && report.checked.contains(.history))
        #expect(report.notChecked.contains(.init(.records, .notFetched)))
    }

    @Test func verify_addressByALead_isRefused() async throws {
        let world = try await audited()
        await #expect(throws: WireError.self) { _ = try await verify(world, as: "a") }
    }

    @Test func verify_addressOfAlteredBatch_namesIt() async throws {
        let world = try await audited()
        let entry = try #require(
            try world.journal().first { $0.batch.bytes.replacing("a3", with: "b3") != nil })
        let bytes = try #require(entry.batch.bytes.replacing("a3", with: "b3"))
        try world.tamper { store in
            try store.run(
                "UPDATE journal SET batch = ? WHERE position = ?",
                .blob(Gzip.compress(bytes)), .integer(entry.leaf.position))
        }
        let report = try await verify(world, as: "e")
        #expect(
            report.problems.map { "\($0.kind.rawValue) \($0.place.text)" }
                == ["batch_altered journal/\(entry.leaf.position)"])
    }

    @Test func verify_addressOfRewrittenLog_isNamedByWhatOthersHold() async throws {
        let world = try await audited()
        let forger = VerifyForger(world: world)
        try forger.rewrite(forger.resealed(forger.entries(), "NDJ-001", with: "NDJ-777"))
        #expect(try await verify(world, as: "e").problems == [])
        let report = try await verify(world, as: "e", against: ["a.sqlite"])
        #expect(report.problems.contains { $0.kind == .logRewritten })
    }

    @Test func checkpoint_ofAddress_isThatOfTheFile() async throws {
        let world = try await audited()
        let asked = try await Checkpoint.newest(
            ofAddress: "http://127.0.0.1:1", transport: world.transport,
            access: access(world, "a"), key: nil, environment: .system)
        #expect(asked == (try Checkpoint.newest(of: world.hubPath)))
    }
}
