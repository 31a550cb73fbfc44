import Foundation
import SyncAudit
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

/// Bundles and checkpoints in the hands of whoever carries them. Proofs: `ProofTests`.
@Suite struct TamperDocumentTests {
    private static let isListed = ProcessInfo.processInfo.environment["TAMPER_TABLE"] != nil

    private func tell(_ what: String, _ count: Int, _ refused: Int) {
        guard Self.isListed else { return }
        print("tampering | \(what): a bit of \(count) bytes, one by one | refused \(refused) |")
    }

    /// A changed checkpoint is refused, or it is one that the hub's log does not have.
    @Test func checkpoint_anyByteChanged_isRefusedOrNotOfTheLog() async throws {
        let world = try await VerifyWorld.lived()
        let honest = try Checkpoint.newest(of: world.hubPath).encoded
        var random = SeededGenerator(seed: 7)
        var refused = 0
        for index in honest.indices {
            var altered = honest
            altered[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
            guard (try? Checkpoint(encoded: altered)) != nil else {
                refused += 1
                continue
            }
            try world.folder.write(altered, to: "then.json")
            let report = try world.verify(against: ["then.json"])
            #expect(!report.isOK, "byte \(index)")
        }
        tell("checkpoint", honest.count, refused)
        #expect(refused > honest.count / 2)
    }

    /// A changed bundle is refused, or it says nothing else than the honest one.
    @Test func bundle_anyByteChanged_neverSaysSomethingElse() async throws {
        let world = try await DiffWorld()
        for low in 1...6 as ClosedRange<UInt64> {
            try world.set(world.a, ["note": "n"], of: RecordKey("stops", .init(high: 3, low: low)))
        }
        try await world.sync(world.a, world.b, world.a)
        try world.set(world.a, ["note": "y"])
        _ = try world.a.exportBundle(to: world.folder.file("a.fsb"))
        let hub = try AuditFile(world.folder.file("hub"))
        func said(_ name: String) async throws -> [String] {
            try await ReplicaDiff.run(
                .bundle(path: world.folder.file(name)), .file(hub), environment: .system
            ).records.map { "\($0.side.rawValue) \($0.cause.rawValue) \($0.fields)" }
        }
        let honest = try await said("a.fsb")
        let bytes = try world.folder.read(world.folder.file("a.fsb"))
        var random = SeededGenerator(seed: 8)
        var refused = 0
        for index in stride(from: 0, to: bytes.count, by: max(bytes.count / 400, 1)) {
            var altered = bytes
            altered[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
            try world.folder.write(altered, to: "bad.fsb")
            do {
                let found = try await said("bad.fsb")
                #expect(found == honest, "byte \(index)")
            } catch { refused += 1 }
        }
        tell("bundle", 400, refused)
        #expect(refused > 0)
    }
}
