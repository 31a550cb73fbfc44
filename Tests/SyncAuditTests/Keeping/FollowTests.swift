import Foundation
import HubKeeping
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub

@Suite struct FollowTests {
    private typealias World = VerifyWorld

    private func followed() async throws -> World {
        let world = try await World.lived()
        let follower = try await world.follow()
        _ = try await follower.catchUp()
        try follower.close()
        return world
    }

    @Test func follow_livedHub_holdsItsStateAndVerifies() async throws {
        let world = try await followed()
        let status = try world.status()
        let report = try await world.catchUp()
        #expect(report.received == 0)
        #expect(report.position == status.facts.position)
        #expect(report.digest == status.digest)
        let verified = try world.verify("follower", against: ["a.sqlite"])
        #expect(verified.isOK, "\(verified.problems)")
        #expect(verified.batches == status.facts.position)
        #expect(verified.notChecked.contains { $0.check == .heads && $0.reason == .notReceived })
    }

    @Test func follow_afterMore_takesWhatIsNewOnly() async throws {
        let world = try await followed()
        try world.set("a", World.stop(70), ["note": "new"])
        try await world.sync("a")
        let report = try await world.catchUp()
        #expect(report.received == 1)
        #expect(report.digest == (try world.status().digest))
        #expect(try world.verify("follower").isOK)
    }

    @Test func followersFolder_isNoHub() async throws {
        let world = try await followed()
        let path = world.folder.file("follower")
        #expect(throws: HubFolderFault.follower(path: path)) {
            try HubFolder(path).open(environment: world.environment)
        }
    }

    @Test func follow_withALeadsInvite_isRefusedAndKeepsNothing() async throws {
        let world = try await World.lived()
        let invite = try world.store.invite(
            name: "f", role: .lead, expires: world.clock.now + World.year, url: nil)
        await #expect(throws: FollowerFault.notAuditor(role: "lead")) {
            _ = try await HubFollower.join(
                invite.text, folder: world.folder.file("follower"),
                environment: world.environment, transport: { _ in world.transport })
        }
        #expect(try !world.names(in: "follower").contains("follower.key"))
    }

    @Test(arguments: ["leaf", "batch"])
    func followersFile_altered_isFound(column: String) async throws {
        let world = try await followed()
        let file = try StoreFile(
            path: world.folder.file("follower/hub.sqlite"), purpose: .hub,
            tables: HubTables.versions)
        try file.write { store in
            // A position whose head was not received.
            if column == "leaf" {
                try store.execute(
                    "UPDATE journal SET leaf = replace(leaf, '\"rules\":1', '\"rules\":3') "
                        + "WHERE position = 4")
            } else {
                try store.execute(
                    "UPDATE journal SET batch = (SELECT batch FROM journal WHERE position = 3) "
                        + "WHERE position = 4")
            }
        }
        try file.close()
        #expect(try !world.verify("follower").isOK)
    }

    /// The hub's disk is put back and written on, under the same epoch: as a rewritten log.
    @Test func follow_rewrittenLog_namesBothHeadsAndTakesNothing() async throws {
        let world = try await followed()
        try world.copyHub(to: "old")
        try world.set("a", World.stop(80), ["note": "seen by the follower"])
        try await world.sync("a")
        let held = try await world.catchUp()
        try world.putBackHub("old")
        for low: UInt64 in 1...3 {
            _ = try world.store.save([
                Edit(RecordKey("points", .init(high: 5, low: low)), .set(["code": "NDJ-700"]))
            ])
        }
        do {
            try await world.catchUp()
            Issue.record("a rewritten log was followed")
        } catch FollowerFault.left(let found) {
            #expect(found.kind == .rewritten)
            #expect(found.held.head.size == held.position)
            #expect(found.shown.head.size == held.position)
            #expect(found.held.head.root != found.shown.head.root)
            #expect(found.held.head.epoch == found.shown.head.epoch)
            #expect(found.common == held.position - 1)
            let key = world.hubKey.publicKey
            let kept = try JSONParser.parse(try world.folder.read(found.evidence))
            for name in ["held", "shown"] {
                #expect(try SignedHead(encoded: CanonicalJSON.bytes(kept[name]!)).isSigned(by: key))
            }
        }
        // What was followed is untouched, and says so again.
        #expect(try world.verify("follower").head?.head.size == held.position)
        await #expect(throws: FollowerFault.self) { try await world.catchUp() }
    }

    @Test func follow_hubPutBack_keepsTheOldCopyAndGoesOnWhenTold() async throws {
        let world = try await followed()
        try world.copyHub(to: "old")
        try world.set("a", World.stop(80), ["note": "lost"])
        try await world.sync("a", "b")
        let held = try await world.catchUp()
        try world.putBackHub("old")
        do {
            try await world.catchUp()
            Issue.record("a shorter log was followed")
        } catch FollowerFault.left(let found) {
            #expect(found.kind == .putBack)
            #expect(found.common == held.position - 1)
        }
        for _ in 1...3 { try await world.sync("a", "b", "c") }
        let follower = try world.openFollower()
        let aside = try follower.startAgain()
        let report = try await follower.catchUp()
        try follower.close()
        #expect(report.digest == (try world.status().digest))
        #expect(try world.verify("follower").isOK)
        let old = try Verifier().verify(aside)
        #expect(old.isOK, "\(old.problems)")
        #expect(old.head?.head.size == held.position)
    }

    @Test func follow_hubPutBackToBeforeTheFollowerJoined_needsNoNewInvite() async throws {
        let world = try await World.lived()
        let backup = try world.backUp("b1")
        let follower = try await world.follow()
        let held = try await follower.catchUp()
        try follower.close()
        _ = try world.restore("b1", to: "new")
        try world.serve("new")
        do {
            try await world.catchUp()
            Issue.record("a shorter log was followed")
        } catch FollowerFault.left(let found) {
            #expect(found.held.head.size == held.position)
            #expect(found.kind == .putBack)
            #expect(found.common == backup.position)
        }
        let again = try world.openFollower()
        _ = try again.startAgain()
        #expect(try await again.catchUp().digest == (try world.status().digest))
        try again.close()
        #expect(try world.verify("follower").isOK)
    }

    // MARK: Restoring with what was followed

    @Test func restore_withAFollower_goesOnInTheSameEpochWithTheSameHeads() async throws {
        let world = try await followed()
        try world.backUp("b1")
        try world.set("a", World.stop(90), ["note": "after the backup"])
        try world.set("b", World.stop(1), ["note": "b after the backup"])
        try await world.join("e")
        try await world.sync("a", "b", "e")
        try await world.catchUp()
        let (before, heads) = (try world.status(), try world.headIDs())
        let report = try world.restore("b1", to: "new", with: "follower")
        #expect(!report.isNewEpoch)
        #expect(report.appended == before.facts.position - report.backupPosition)
        #expect(report.appended >= 3)
        #expect(report.epoch == before.facts.epoch)
        #expect(report.digest == before.digest)
        try world.serve("new")
        let verified = try world.verify(against: ["a.sqlite", "b.sqlite"])
        #expect(verified.isOK, "\(verified.problems)")
        #expect(verified.notChecked.isEmpty, "\(verified.notChecked)")
        #expect(try world.headIDs().elementsEqual(heads) { $0 == $1 })
        for name in ["a", "b"] {
            let sync = try await world.sync(name)
            #expect(sync.notices.isEmpty && sync.halt == nil)
        }
        #expect(try world.status().facts.position == before.facts.position)
        // It joined after the backup: the hub lacks its token, and takes it again.
        try await world.sync("e")
        #expect(try world.store.epochs().count == 1)
    }

    @Test func restore_withAFollowerBehindTheBackup_opensAnEpoch() async throws {
        let world = try await followed()
        try world.set("a", World.stop(91), ["note": "not followed"])
        try await world.sync("a")
        try world.backUp("b1")
        let report = try world.restore("b1", to: "new", with: "follower")
        #expect(report.isNewEpoch)
        #expect(report.appended == 0)
    }

    /// Nobody can tell that the follower lacks the last batch but the device that has its receipt.
    @Test func restore_withAFollowerOneBatchShort_healsWithTheFirstDevice() async throws {
        let world = try await followed()
        try world.backUp("b1")
        try world.set("a", World.stop(92), ["note": "followed"])
        try await world.sync("a")
        try await world.catchUp()
        try world.set("a", World.stop(93), ["note": "not followed"])
        try await world.sync("a")
        let stops = try world.status().counts["stops"]
        let report = try world.restore("b1", to: "new", with: "follower")
        #expect(report.appended == 1)
        try world.serve("new")
        for _ in 1...3 { try await world.sync("a", "b", "c") }
        #expect(try world.store.epochs().map(\.cause) == [nil, "head_unknown"])
        #expect(try world.status().counts["stops"] == stops)
        #expect(try world.verify().isOK)
    }

    @Test func restore_withAFollowerOfAnotherHistory_isRefusedWithNothingLeft() async throws {
        let world = try await followed()
        try world.copyHub(to: "old")
        try world.set("a", World.stop(94), ["note": "in the backup"])
        try await world.sync("a")
        try world.backUp("b1")
        try world.putBackHub("old")
        _ = try world.store.save([
            Edit(RecordKey("points", .init(high: 5, low: 9)), .set(["code": "NDJ-701"]))
        ])
        try await world.catchUp()
        let before = try world.names()
        #expect(throws: JournalContradiction.self) {
            try world.restore("b1", to: "new", with: "follower")
        }
        #expect(try world.names() == before)
    }
}
