import SyncAudit
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncHub

/// A hub whose key is replaced while devices go on. Protocol/README.md §16.
@Suite(.onBothStores) struct HubKeyTests {
    @Test func replaceKey_devicesSync_nobodyNeedsAHandAndItIsSaidOnce() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "before"])
        try await world.settle()
        let done = try world.hub.store.replaceKey()
        try world.b.set(world.stop(2), ["f": "after"])
        let notices = try await world.settle([world.a, world.b, world.c])
        #expect(
            notices == Array(repeating: .hubKeyReplaced(position: done.position), count: 3))
        #expect(try world.isEqualEverywhere())
        #expect(try await world.a.sync(world.hub).notices.isEmpty)
        #expect(try world.a.replica.membership()?.hub.key == done.now)
        // The hub is the same device as before: what it wrote then is its own.
        #expect(try world.hub.store.facts().hub.hub == done.before.deviceID)
    }

    @Test func replaceKey_twiceWhileADeviceIsAway_itFollowsBoth() async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        try world.c.set(world.key, ["f": "written far away"])
        _ = try world.hub.store.replaceKey()
        try await world.a.sync(world.hub)
        let second = try world.hub.store.replaceKey()
        try await world.settle([world.a, world.b, world.c])
        #expect(try world.isEqualEverywhere())
        #expect(try world.values("f") == Array(repeating: "written far away", count: 3))
        #expect(try world.c.replica.membership()?.hub.key == second.now)
        #expect(try world.c.replica.membership()?.hub.succession.handovers.count == 2)
    }

    @Test func replaceKey_joinsWithInvitesOfBothKeys_areEnrolled() async throws {
        let world = try await ScenarioWorld()
        let old = try world.hub.invite("old invite")
        _ = try world.hub.store.replaceKey()
        let new = try world.hub.invite("new invite")
        let folder = TestFolder()
        for (index, invite) in [old, new].enumerated() {
            let device = try SimulatedDevice(
                "d\(index)", world.time, seed: UInt64(20 + index), folder: folder)
            try await device.join(world.hub, by: invite)
            try device.set(world.stop(UInt64(index)), ["f": "joined"])
            try await device.sync(world.hub)
            #expect(try device.replica.digestRoot() == world.hub.store.status().digest)
        }
    }

    /// The work of the old key is kept, and the old key is worth nothing any more.
    @Test func replaceKey_pageSignedByTheOldKey_isNobodys() async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        let stolen = world.hub.key
        _ = try world.hub.store.replaceKey()
        try await world.a.sync(world.hub)
        let forge: @Sendable (WireRequest, WireAnswer) -> WireAnswer = { request, answer in
            if request.path == "/v1/keys" {
                return WireAnswer(status: 200, body: Array(#"{"keys":[]}"#.utf8))
            }
            guard request.path == "/v1/changes",
                let message = try? PageMessage(encoded: answer.body)
            else { return answer }
            let signed = PageMessage(page: message.page, records: message.records, key: stolen)
            return WireAnswer(status: 200, body: signed.encoded)
        }
        do {
            _ = try await world.a.sync(world.hub, tamper: forge)
            Issue.record("a page of the former key was taken")
        } catch let fault as ForeignAnswer { #expect(fault.reason == .formerKey) }
        // A device that never heard of the new key takes it from neither.
        do {
            _ = try await world.b.sync(world.hub) { request, answer in
                request.path == "/v1/keys"
                    ? WireAnswer(status: 200, body: Array(#"{"keys":[]}"#.utf8)) : answer
            }
            Issue.record("a page of an unknown key was taken")
        } catch let fault as ForeignAnswer { #expect(fault.reason == .notSigned) }
    }

    @Test func replaceKey_hubPutBackToBeforeIt_goesOnWithTheKeyThatLiesThere() async throws {
        guard !SimulatedHub.isInDatabase else { return }
        let world = try await ScenarioWorld()
        try await world.settle()
        let before = try world.hub.copyStore()
        let done = try world.hub.store.replaceKey()
        try world.a.set(world.key, ["f": "under the new key"])
        try await world.settle()
        try world.hub.restoreStore(before)
        #expect(try world.hub.store.facts().hubKey == done.now)
        try await world.settle([world.a, world.b, world.c])
        #expect(try world.isEqualEverywhere())
        #expect(try world.values("f") == Array(repeating: "under the new key", count: 3))
        let report = try Verifier(Verifier.Options()).verify(world.hub.auditPath())
        #expect(report.problems.isEmpty)
    }

    @Test func replaceKey_verifyProveAndCheckpoint_followFromEitherKey() async throws {
        let world = try await ScenarioWorld()
        try world.a.set(world.key, ["f": "before"])
        try await world.settle()
        let early = try Checkpoint.newest(of: world.hub.auditPath())
        let done = try world.hub.store.replaceKey()
        try world.b.set(world.key, ["f": "after"])
        try await world.settle()
        let path = try world.hub.auditPath()
        for key in [done.before, done.now] {
            var options = Verifier.Options()
            options.hubKey = key
            let report = try Verifier(options).verify(path)
            #expect(report.problems.isEmpty)
            #expect(report.hubKey == done.now)
            let proof = try RecordProof(AuditFile(path), of: world.key)
            let proven = try RecordProof(encoded: proof.encoded).check(hubKey: key)
            #expect(proven.changes.count == 2)
        }
        let stranger = try RecordProof(AuditFile(path), of: world.key)
        #expect(throws: ProofFault.self) { try stranger.check(hubKey: SigningKey().publicKey) }
        let late = try Checkpoint.newest(of: path)
        #expect(try Checkpoint(encoded: late.encoded) == late)
        #expect(late.hub.hub == early.hub.hub)
    }

    @Test func replaceKey_successionAlteredInTheFile_isNamed() async throws {
        guard !SimulatedHub.isInDatabase else { return }
        let world = try await ScenarioWorld()
        _ = try world.hub.store.replaceKey()
        try await world.settle()
        try world.hub.store.file.write { try MetaTable($0).set(HubKey.succession, .text("[]")) }
        let report = try Verifier(Verifier.Options()).verify(world.hub.auditPath())
        #expect(!report.problems.isEmpty)
    }

    @Test func replaceKey_aPlantedInvite_isNotSealedByIt() async throws {
        let world = try await ScenarioWorld()
        let secret = Environment.system.randomID()
        try world.hub.store.file.write { store in
            try InviteTable(store).insert(
                .sha256(secret.bytes), name: "planted", role: "operator", expires: 1 << 46,
                sealedBy: SigningKey())
        }
        _ = try world.hub.store.replaceKey()
        let report = try Verifier(Verifier.Options()).verify(world.hub.auditPath())
        #expect(report.problems.map(\.kind).contains(.accessForged))
    }

    @Test func replaceKey_withAKeyThatItHad_isRefused() async throws {
        let world = try await ScenarioWorld()
        let old = world.hub.key
        _ = try world.hub.store.replaceKey()
        #expect(throws: KeyReplacementFault.used) { try world.hub.store.replaceKey(with: old) }
        #expect(throws: KeyReplacementFault.used) {
            try world.hub.store.replaceKey(with: world.hub.store.signingKey)
        }
    }

    @Test func demandTokens_deviceSyncs_takesAnotherAndGoesOn() async throws {
        let world = try await ScenarioWorld()
        try await world.settle()
        let token = world.a.replica.token
        let id = try world.a.replica.deviceID()
        try world.hub.store.demandTokens(of: [id])
        func isDue() throws -> Bool? {
            try world.hub.store.devices().first { $0.device.id == id }?.isTokenDue
        }
        #expect(try isDue() == true)
        try await world.a.sync(world.hub)
        #expect(world.a.replica.token != token)
        #expect(try isDue() == false)
        try world.a.set(world.key, ["f": "after"])
        try await world.settle()
        #expect(try world.isEqualEverywhere())
        let old = world.hub.service.answer(
            WireRequest(.get, "/v1/digest", query: [("node", "top")], token: token))
        #expect(old.status == 401)
    }
}
