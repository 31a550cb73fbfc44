import Foundation
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub

@Suite struct ReplicaBackupTests {
    private typealias World = VerifyWorld

    private func open(_ world: World, _ name: String) throws -> Replica {
        try Replica(
            path: world.folder.file(name), environment: world.clock.environment(seed: 5))
    }

    @Test func backup_withItsKey_restoresAsTheDeviceAndSyncs() async throws {
        let world = try await World.lived()
        try world.set("a", World.stop(40), ["note": "not sent yet"])
        let path = world.folder.file("a.backup")
        let report = try world.replicas["a"]!.backUp(to: path, withKey: true)
        #expect(report.pending == 1 && report.hasKey)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        _ = try Replica.restore(path, to: world.folder.file("again.sqlite"))
        let restored = try open(world, "again.sqlite")
        #expect(try restored.deviceID() == (try world.device("a")))
        #expect(try restored.check(heals: false).isOK)
        #expect(restored.keyMode == 0o600)
        let sync = try await SyncRunner.run(restored, world)
        #expect(sync.pushed == 1)
        #expect(try world.status().counts["stops"] != nil)
        #expect(try world.verify().isOK)
    }

    @Test func backup_withoutItsKey_restoresForReadingOnly() async throws {
        let world = try await World.lived()
        let path = world.folder.file("a.backup")
        let report = try world.replicas["a"]!.backUp(to: path, withKey: false)
        #expect(!report.hasKey)
        _ = try Replica.restore(path, to: world.folder.file("again.sqlite"))
        let restored = try open(world, "again.sqlite")
        #expect(restored.keyMode == nil)
        #expect(throws: ReplicaFault.self) {
            try restored.save([Edit(World.stop(41), .set(["note": "no"]))])
        }
    }

    @Test func restore_damagedForeignOrOntoAReplica_leavesNothing() async throws {
        let world = try await World.lived()
        let path = world.folder.file("a.backup")
        _ = try world.replicas["a"]!.backUp(to: path, withKey: true)
        #expect(throws: KeepingFault.fileExists(path: path)) {
            try world.replicas["b"]!.backUp(to: path, withKey: true)
        }
        try world.backUp("hub.backup")
        var bytes = try world.folder.read(path)
        for index in 8_192..<12_000 { bytes[index] ^= 0x33 }
        try world.folder.write(bytes, to: "damaged")
        let before = try world.names()
        for name in ["damaged", "hub.backup", "passphrase"] where before.contains(name) {
            #expect(throws: (any Error).self, "\(name)") {
                try Replica.restore(
                    world.folder.file(name), to: world.folder.file("new.sqlite"))
            }
        }
        #expect(throws: KeepingFault.used(path: world.folder.file("b.sqlite"))) {
            try Replica.restore(path, to: world.folder.file("b.sqlite"))
        }
        #expect(try world.names() == before)
    }
}
