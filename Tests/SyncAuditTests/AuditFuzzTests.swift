import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import HubKeeping
@testable import SyncAudit
@testable import SyncHub

/// Damaged proofs, checkpoints and encrypted backups: refused; none ends the process.
@Suite struct AuditFuzzTests {
    @Test func damagedProofs_areRefused() async throws {
        let world = try await VerifyWorld.lived()
        let key = world.hubKey.publicKey
        let file = try AuditFile(world.hubPath)
        let keys = Set(try world.journal().flatMap { $0.batch.changes.map(\.key) })
        let proofs = try keys.map { try RecordProof(file, of: $0).encoded }.sorted {
            $0.count < $1.count
        }
        // Small ones: what is damaged is the same in all.
        let corpus = Array(proofs.prefix(4))
        Fuzzer(corpus).run(Fuzzer.count / 4) { bytes in
            let proof = try RecordProof(encoded: bytes)
            // Only what is good has the hub's signature.
            if (try? proof.check(hubKey: key)) != nil { #expect(corpus.contains(proof.encoded)) }
        }
    }

    @Test func damagedCheckpoints_areRefused() async throws {
        let world = try await VerifyWorld.lived()
        let good = try Checkpoint.newest(of: world.hubPath).encoded
        Fuzzer([good]).run { bytes in
            let read = try Checkpoint(encoded: bytes)
            #expect(read.head == (try Checkpoint(encoded: good)).head)
        }
    }

    @Test func damagedEncryptedBackups_areRefused() throws {
        let folder = TestFolder()
        let content = [UInt8](repeating: 7, count: 70_000)
        try folder.write(content, to: "plain")
        try AgeFile.encrypt(
            folder.file("plain"), to: folder.file("good"), passphrase: Array("p".utf8),
            random: Environment.system.randomBytes, workFactor: 1)
        let good = try folder.read(folder.file("good"))
        // The header is where there is something to read; what follows is authenticated.
        let head = Array(good.prefix(240))
        Fuzzer([head]).run(Fuzzer.count / 10) { bytes in
            let whole = bytes + good.dropFirst(240)
            guard whole != good else { return }
            try folder.write(whole, to: "bad")
            var found: [UInt8] = []
            try AgeFile.decrypt(folder.file("bad"), passphrase: Array("p".utf8)) { found += $0 }
            #expect(found == content)
        }
    }
}
