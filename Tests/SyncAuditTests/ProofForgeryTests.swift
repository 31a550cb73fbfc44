import SyncCore
import SyncProtocol
import TestSupport
import Testing

@testable import SyncAudit

/// Logs made up by someone who has the hub's key, or has none: each check has a forgery that only
/// it finds.
@Suite struct ProofForgeryTests {
    private let hub: SigningKey
    private let device: SigningKey
    private let space = SpaceID(high: 5, low: 5)
    private let record = RecordKey("stops", .init(high: 1, low: 2))

    init() throws {
        hub = try #require(SigningKey(seed: Array(repeating: 1, count: 32)))
        device = try #require(SigningKey(seed: Array(repeating: 2, count: 32)))
    }

    /// What a forger may choose.
    private struct Plan {
        var enrolledKey: PublicKey
        var enroller: SigningKey
        var signer: SigningKey
        var space: SpaceID
        var headSpace: SpaceID
        var number: Int64 = 1
        var verdict = Verdict(receivedAt: 1_000)
        var hasKey = false
    }

    private var honest: Plan {
        Plan(
            enrolledKey: device.publicKey, enroller: hub, signer: device, space: space,
            headSpace: space)
    }

    private func batch(
        _ change: Change, by author: SigningKey, signer: SigningKey, in space: SpaceID
    ) throws -> SealedBatch {
        let header = BatchBuilder.Header(
            space: space, number: 1, previous: .zero, sealedAt: 1_000)
        let sealed = try BatchBuilder.seal(
            changes: change.canonicalBytes, header: header, key: author)
        return try SealedBatch(
            bytes: sealed.bytes, signature: signer.sign(.batch, sealed.bytes))
    }

    private func leaf(
        _ batch: SealedBatch, _ position: Int64, number: Int64 = 1, _ verdict: Verdict
    ) -> Leaf {
        Leaf(
            batch: batch.hash, device: batch.device, number: number, signature: batch.signature,
            epoch: .init(high: 3, low: 3), position: position, verdict: verdict)
    }

    private func fault(_ change: (inout Plan) -> Void) throws -> ProofFault.Kind? {
        var plan = honest
        change(&plan)
        let enrolment = try batch(
            Change(
                RecordKey(HubCollection.devices, device.publicKey.deviceID),
                set: [.init("key", CanonicalValue(.text(plan.enrolledKey.hex)))],
                stamp: .init(milliseconds: 1)),
            by: plan.enroller, signer: plan.enroller, in: space)
        let stop = try batch(
            Change(record, set: [.init("n", CanonicalValue(1))], stamp: .init(milliseconds: 2)),
            by: device, signer: plan.signer, in: plan.space)
        let leaves = [
            leaf(enrolment, 1, Verdict(receivedAt: 500)),
            leaf(stop, 2, number: plan.number, plan.verdict),
        ]
        let tree = MerkleTree(leaves: leaves.map(\.hash))
        let head = SignedHead(
            Head(
                digest: .zero, epoch: .init(high: 3, low: 3), hub: hub.publicKey.deviceID,
                root: tree.root(), size: 2, space: plan.headSpace, time: 1_000), key: hub)
        func entry(_ batch: SealedBatch, _ index: Int) -> RecordProof.Entry {
            .init(
                batch: batch, leaf: leaves[index], head: 2, path: tree.inclusionPath(of: index))
        }
        let proof = RecordProof(
            record: record, batches: [entry(stop, 1)], enrolments: [entry(enrolment, 0)],
            heads: [head], keys: plan.hasKey ? [device.publicKey] : [])
        do throws(ProofFault) {
            _ = try RecordProof(encoded: proof.encoded).check(hubKey: hub.publicKey)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test func check_honestLog_holds() throws {
        #expect(try fault { _ in } == nil)
    }

    /// The hub puts words into a device's mouth.
    @Test func check_batchNotSignedByItsDevice_isRefused() throws {
        #expect(try fault { $0.signer = hub } == .signature)
    }

    @Test func check_enrolmentWithAnotherKey_isRefused() throws {
        #expect(try fault { $0.enrolledKey = hub.publicKey } == .device)
    }

    /// A device enrols itself.
    @Test func check_enrolmentNotByTheHub_isRefused() throws {
        #expect(try fault { $0.enroller = device } == .signature)
    }

    @Test func check_batchOfAnotherSpace_isRefused() throws {
        #expect(try fault { $0.space = .init(high: 6, low: 6) } == .leaf)
        #expect(try fault { $0.headSpace = .init(high: 6, low: 6) } == .leaf)
    }

    @Test func check_leafOfAnotherNumber_isRefused() throws {
        #expect(try fault { $0.number = 2 } == .leaf)
    }

    @Test func check_verdictOnChangesThatAreNotThere_isRefused() throws {
        let stamp = StampTime(milliseconds: 9)
        for index in [1, -1, 1 << 40] {
            #expect(
                try fault {
                    $0.verdict.effective = [.init(change: index, stamp: stamp)]
                } == .leaf)
            #expect(
                try fault {
                    $0.verdict.quarantined = [.init(change: index, reason: "role")]
                } == .leaf)
        }
    }

    @Test func check_keyBesideTheEnrolment_isRefused() throws {
        #expect(try fault { $0.hasKey = true } == .device)
    }
}
