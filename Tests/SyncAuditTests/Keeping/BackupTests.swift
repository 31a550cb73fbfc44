import Foundation
import HubKeeping
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub

@Suite struct BackupTests {
    private typealias World = VerifyWorld

    @Test func backup_livedHub_isVerifiedWholeAndOnlyItsOwners() async throws {
        let world = try await World.lived()
        let status = try world.status()
        let report = try world.backUp("b1")
        #expect(report.position == status.facts.position)
        #expect(report.epoch == status.facts.epoch)
        #expect(report.digest == status.digest)
        let attributes = try FileManager.default.attributesOfItem(atPath: world.folder.file("b1"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int == Int(report.bytes))
        #expect(try world.verify("b1").isOK)
        #expect(try !world.names().contains { $0.hasSuffix(".part") })
    }

    @Test func backup_afterIt_devicesAreToldHowFarItReaches() async throws {
        let world = try await World.lived()
        #expect(try world.replicas["a"]!.status().backedUpPosition == 0)
        let report = try world.backUp("b1")
        try await world.sync("a")
        #expect(try world.replicas["a"]!.status().backedUpPosition == report.position)
        try world.set("a", World.stop(50), ["note": "later"])
        try await world.sync("a")
        #expect(try world.replicas["a"]!.status().backedUpPosition == report.position)
    }

    @Test func backup_ofADamagedHub_isRefusedAndPromisesNothing() async throws {
        let world = try await World.lived()
        try world.tamper {
            try $0.execute(
                "UPDATE records SET fields = replace(fields, 'a5', 'a6') WHERE id = "
                    + "(SELECT id FROM records WHERE fields LIKE '%a5%')")
        }
        let before = try world.names()
        #expect(throws: KeepingFault.self) { try world.backUp("b1") }
        #expect(try world.names() == before)
        #expect(try world.status().backedUpPosition == 0)
    }

    @Test func backup_overAFileThatIsThere_isRefused() async throws {
        let world = try await World.lived()
        try world.folder.write([1, 2, 3], to: "b1")
        #expect(throws: KeepingFault.fileExists(path: world.folder.file("b1"))) {
            try world.backUp("b1")
        }
        #expect(try world.folder.read(world.folder.file("b1")) == [1, 2, 3])
    }

    @Test func restore_aloneOfOldBackup_opensAnEpochAndDevicesFillTheGap() async throws {
        let world = try await World.lived()
        try world.backUp("b1")
        let old = try world.status().facts
        try world.set("a", World.stop(60), ["note": "after the backup"])
        try await world.sync("a", "b")
        let stops = try world.status().counts["stops"]
        let report = try world.restore("b1", to: "new")
        #expect(report.isNewEpoch)
        #expect(report.backupPosition == old.position)
        #expect(report.position == old.position + 1)
        #expect(report.epoch != old.epoch)
        try world.serve("new")
        #expect(try world.verify().isOK)
        #expect(try world.status().backedUpPosition == old.position)
        for _ in 1...3 { try await world.sync("a", "b", "c") }
        #expect(try world.store.epochs().map(\.cause) == [nil, "restore"])
        #expect(try world.status().counts["stops"] == stops)
        #expect(try world.verify().isOK)
    }

    @Test func restore_takesTheKeyOutOfTheFile() async throws {
        let world = try await World.lived()
        try world.backUp("b1")
        let seed = Array(Hex.text(world.hubKey.seed).utf8)
        #expect(try contains(seed, in: world.folder.file("b1")))
        _ = try world.restore("b1", to: "new")
        for name in try world.names(in: "new") where name != "hub.key" {
            #expect(try !contains(seed, in: world.folder.file("new/\(name)")), "\(name)")
        }
        let mode = try FileManager.default
            .attributesOfItem(atPath: world.folder.file("new/hub.key"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    private func contains(_ text: [UInt8], in path: String) throws -> Bool {
        try Data(contentsOf: URL(filePath: path)).range(of: Data(text)) != nil
    }

    @Test(arguments: [0, 20, 4_096, 40_000, -10])
    func restore_ofADamagedBackup_leavesNothingBehind(place: Int) async throws {
        let world = try await World.lived()
        try world.backUp("b1")
        var bytes = try world.folder.read(world.folder.file("b1"))
        // A run of bytes, so that it does not fall into free space alone.
        let start = place < 0 ? bytes.count + place - 2_000 : place
        for index in start..<min(start + 2_000, bytes.count) { bytes[index] ^= 0x55 }
        try world.folder.write(bytes, to: "b2")
        let before = try world.names()
        #expect(throws: (any Error).self) { try world.restore("b2", to: "new") }
        #expect(try world.names() == before)
    }

    @Test func restore_ofAFileCutShort_leavesNothingBehind() async throws {
        let world = try await World.lived()
        try world.backUp("b1")
        let bytes = try world.folder.read(world.folder.file("b1"))
        let before = try world.names()
        for share in [0, 1, 2, 3] {
            try world.folder.write(Array(bytes.prefix(bytes.count * share / 4)), to: "cut")
            #expect(throws: (any Error).self) { try world.restore("cut", to: "new") }
        }
        try world.folder.write(bytes, to: "cut")
        #expect(try world.names() == before.union(["cut"]))
        _ = try world.restore("cut", to: "new")
    }

    @Test func restore_intoAFolderInUse_isRefusedAndChangesNothing() async throws {
        let world = try await World.lived()
        try world.backUp("b1")
        let before = try world.folder.fingerprints()
        #expect(throws: KeepingFault.used(path: world.hubPath)) {
            try world.restore("b1", to: "hub")
        }
        #expect(try world.folder.fingerprints() == before)
    }

    @Test func restore_ofANewerSchema_isRefused() async throws {
        let world = try await World.lived()
        try world.backUp("b1")
        let copy = try StoreFile(
            path: world.folder.file("b1"), purpose: .hub, tables: HubTables.versions)
        try copy.write { try $0.execute("PRAGMA user_version = 900") }
        try copy.close()
        #expect(throws: KeepingFault.tooNew(path: world.folder.file("b1"))) {
            try world.restore("b1", to: "new")
        }
        #expect(try !world.names().contains("new"))
    }

    @Test func restore_ofAHubsFileWithoutItsKey_isNoBackup() async throws {
        let world = try await World.lived()
        try world.closeHub()
        #expect(throws: KeepingFault.notABackup(path: world.folder.file("hub/hub.sqlite"))) {
            try world.restore("hub/hub.sqlite", to: "new")
        }
    }
}
