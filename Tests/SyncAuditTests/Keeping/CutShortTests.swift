import Foundation
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncHub

/// What an attempt leaves that was killed before its last step, and the next attempt.
@Suite struct CutShortTests {
    private let folder = TestFolder()
    private let plan = SQLHubStore.SpacePlan(
        name: "南大街", timeZone: "Asia/Shanghai", operatorCollections: [], url: nil)

    private func move(_ name: String, to target: String) throws {
        try PlainFile.move(folder.file(name), to: folder.file(target))
    }

    private func create() throws -> Replica {
        try Replica.create(path: folder.file("a.sqlite"), name: "a", environment: .system)
    }

    @Test func create_attemptBeforeWasCutShort_isBegunAnew() throws {
        let before = try create().deviceID()
        // The last step is the replica's name.
        try move("a.sqlite", to: "a.sqlite.part")
        let made = try create()
        #expect(try made.deviceID() != before)
        #expect(made.hasKey)
        #expect(!FilePresence.exists(folder.file("a.sqlite.part")))
    }

    @Test func create_keyOfSomethingElse_isNeverReplaced() throws {
        try create().close()
        try PlainFile.copy(folder.file("a.key"), to: folder.file("kept"))
        try move("a.sqlite", to: "elsewhere")
        #expect(throws: ReplicaFault.exists(path: folder.file("a.key"))) { try create() }
        // A draft of another key.
        try Replica.create(path: folder.file("b.sqlite"), name: "b", environment: .system).close()
        try move("b.sqlite", to: "a.sqlite.part")
        #expect(throws: ReplicaFault.exists(path: folder.file("a.key"))) { try create() }
        #expect(
            try SecretFile.read(folder.file("a.key")) == SecretFile.read(folder.file("kept")))
    }

    @Test func create_anotherMakesItNow_isRefusedAndHarmsNothing() throws {
        let other = try DraftFile(folder.file("a.sqlite"))
        #expect(throws: KeepingFault.running(path: folder.file("a.sqlite"))) { try create() }
        withExtendedLifetime(other) {}
        #expect(!FilePresence.exists(folder.file("a.key")))
    }

    @Test func createHub_attemptBeforeWasCutShort_isBegunAnew() throws {
        let hub = HubFolder(folder.file("hub"))
        try hub.create(plan, environment: .system).close()
        #expect(throws: HubFolderFault.exists(path: hub.path)) {
            try hub.create(plan, environment: .system)
        }
        try move("hub/hub.sqlite", to: "hub/hub.sqlite.part")
        try hub.create(plan, environment: .system).close()
        #expect(try hub.open(environment: .system).store.facts().position == 1)
        // A key whose store is gone stays.
        try move("hub/hub.sqlite", to: "elsewhere")
        #expect(throws: HubFolderFault.exists(path: hub.path)) {
            try hub.create(plan, environment: .system)
        }
    }

    @Test func restore_attemptBeforeWasCutShort_isBegunAnew() throws {
        let made = try create()
        let device = try made.deviceID()
        _ = try made.backUp(to: folder.file("backup"), withKey: true)
        try made.close()
        try move("a.sqlite", to: "a.sqlite.part")
        _ = try Replica.restore(folder.file("backup"), to: folder.file("a.sqlite"))
        #expect(
            try Replica(path: folder.file("a.sqlite"), environment: .system).deviceID()
                == device)
        // The key of another device is not written over.
        try move("a.sqlite", to: "elsewhere")
        try Replica.create(path: folder.file("b.sqlite"), name: "b", environment: .system).close()
        try move("b.key", to: "a.key")
        let used = KeepingFault.used(path: folder.file("a.key"))
        #expect(throws: used) {
            try Replica.restore(folder.file("backup"), to: folder.file("a.sqlite"))
        }
        #expect(!FilePresence.exists(folder.file("a.sqlite")))
    }

    @Test func draftFolder_killedOneIsBegunAnew_othersFilesStay() throws {
        try FilePresence.makeFolder(folder.file("new.part"))
        try SecretFile.write([1], to: folder.file("new.part/hub.sqlite"))
        let draft = try DraftFolder(folder.file("new")) { $0.hasPrefix("hub.") }
        #expect(DraftFolder.names(draft.draft) == [])
        #expect(throws: KeepingFault.running(path: folder.file("new"))) {
            try DraftFolder(folder.file("new")) { $0.hasPrefix("hub.") }
        }
        try draft.finish()
        #expect(FilePresence.isFolder(folder.file("new")))

        try FilePresence.makeFolder(folder.file("other.part"))
        try SecretFile.write([1], to: folder.file("other.part/thesis"))
        #expect(throws: KeepingFault.used(path: folder.file("other.part"))) {
            try DraftFolder(folder.file("other")) { $0.hasPrefix("hub.") }
        }
        #expect(FilePresence.exists(folder.file("other.part/thesis")))
    }

    @Test func close_twiceAndUsedAfter_isAnErrorAndNoCrash() throws {
        let store = try HubFolder(folder.file("hub")).create(plan, environment: .system)
        try store.close()
        try store.close()
        #expect(throws: StoreError.self) { try store.facts() }
        #expect(throws: StoreError.self) { try store.proveWriting() }
    }

    @Test func replaceKey_lastStepFailedBefore_keyIsNotWrittenOver() throws {
        let hub = HubFolder(folder.file("hub"))
        let store = try hub.create(plan, environment: .system)
        let file = folder.file("hub/hub.key")
        // The key file cannot be replaced: its draft's name is taken by a folder.
        try FilePresence.makeFolder(file + ".new/x")
        let first = try store.replaceKey()
        try #require(try SecretFile.read(file).flatMap(HubFolder.key)?.publicKey == first.before)
        // The next replacement must not lose the only copy of the first one's key.
        #expect(throws: (any Error).self) { try store.replaceKey() }
        try FileManager.default.removeItem(atPath: file + ".new")
        let opened = try hub.open(environment: .system)
        #expect(opened.key.publicKey == first.now)
        #expect(try opened.store.replaceKey().before == first.now)
    }
}
