import Foundation
import SyncCore
import SyncStore
import TestSupport
import Testing

@testable import HubKeeping
@testable import SyncAudit

@Suite struct EncryptedBackupTests {
    private let folder = TestFolder()

    /// Made by the program age, version 1.1.1, from `FieldSync` and a line end.
    private static let foreign =
        "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBmZlgrUFhEWVJ5ZEYrOHhtWjhoQW1RIDE4CmIvckszOVIy"
        + "UUpqbHpWWmthMlRXTTAyZ1d5aVFHRHU3dFlVbHlNNjVyU00KLS0tIE5rOXliRzZWblg3eENSMG1kcjFkYUJaRlRy"
        + "Wmc0K29VMEpRMm9JUXYzUDQKtXFQXuck14NdjMDsOU0uGs9VQ09ulWMS/WUMJCfNupcn8FQ+VkzD7k+8"

    private func passphrase(_ text: String) throws -> Passphrase {
        try folder.write(Array((text + "\n").utf8), to: "passphrase")
        return try Passphrase(file: folder.file("passphrase"))
    }

    private func decrypted(_ name: String, _ passphrase: String) throws -> [UInt8] {
        var content: [UInt8] = []
        try AgeFile.decrypt(
            folder.file(name), passphrase: self.passphrase(passphrase).bytes
        ) { content += $0 }
        return content
    }

    @Test func decrypt_fileOfAnotherProgram_givesItsContent() throws {
        let bytes = try #require(Data(base64Encoded: Self.foreign))
        try folder.write(Array(bytes), to: "foreign")
        #expect(try decrypted("foreign", "correct horse") == Array("FieldSync\n".utf8))
        #expect(throws: AgeFault.passphrase) { try decrypted("foreign", "another horse") }
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func encrypt_anySize_comesBackAndNothingCanBeCutOffOrMoved(size: Int) throws {
        var generator = SeededGenerator(seed: UInt64(size))
        let content = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try folder.write(content, to: "plain")
        try AgeFile.encrypt(
            folder.file("plain"), to: folder.file("sealed"),
            passphrase: passphrase("p").bytes, random: Environment.system.randomBytes,
            workFactor: 4)
        #expect(try decrypted("sealed", "p") == content)
        let bytes = try folder.read(folder.file("sealed"))
        let head = bytes.count - (size + 16 * max(1, (size + 65_535) / 65_536)) - 16
        // In the nonce, in the first piece, in the last, and a piece cut off or left out.
        var altered: [[UInt8]] = [bytes.dropLast(1), bytes + [0], Array(bytes.prefix(head + 16))]
        for place in [head + 1, head + 17, bytes.count - 1] {
            var copy = bytes
            copy[place] ^= 1
            altered.append(copy)
        }
        let piece = 65_536 + 16
        if size > 65_536 {
            altered.append(Array(bytes.prefix(head + 16 + piece)))
            altered.append(
                Array(bytes.prefix(head + 16) + bytes.suffix(from: head + 16 + piece)))
        }
        for copy in altered {
            try folder.write(copy, to: "sealed")
            #expect(throws: AgeFault.damaged) { try decrypted("sealed", "p") }
        }
    }

    @Test func backup_encrypted_restoresWithItsPassphraseOnly() async throws {
        let world = try await VerifyWorld.lived()
        let right = try world.passphrase("十五个字的口令更好")
        let report = try world.backUp("b1", passphrase: right)
        #expect(report.isEncrypted)
        let bytes = try world.folder.read(world.folder.file("b1"))
        #expect(bytes.starts(with: Array("age-encryption.org/v1\n-> scrypt ".utf8)))
        let before = try world.names()
        let path = world.folder.file("b1")
        #expect(throws: KeepingFault.passphraseMissing(path: path)) {
            try world.restore("b1", to: "new")
        }
        let wrong = try world.passphrase("wrong")
        #expect(throws: KeepingFault.passphraseWrong(path: path)) {
            try world.restore("b1", to: "new", passphrase: wrong)
        }
        #expect(try world.names() == before.union(["passphrase"]))
        let restored = try world.restore("b1", to: "new", passphrase: right)
        #expect(restored.backupPosition == report.position)
        #expect(try world.verify("new").isOK)
        #expect(try !world.names(in: "hub").contains { $0.hasSuffix(".part") })
    }
}
