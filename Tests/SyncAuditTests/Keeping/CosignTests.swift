import Foundation
import HubKeeping
import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub

/// A follower vouches for the heads that it verified, and an auditor counts who does.
struct CosignTests {
    private func note(_ world: VerifyWorld, _ name: String = "follower") throws -> String {
        try String(contentsOfFile: world.folder.file("\(name)/checkpoint"), encoding: .utf8)
    }

    private func verify(
        _ world: VerifyWorld, _ notes: [String], _ witnesses: [Witness]
    ) throws -> VerifyReport {
        var options = Verifier.Options()
        options.against = notes.map { world.folder.file($0) }
        options.witnesses = witnesses
        return try Verifier(options).verify(world.hubPath)
    }

    @Test func follower_cosignsWhatItVerified_andAnAuditorCountsIt() async throws {
        let world = try await VerifyWorld.lived()
        var witnesses: [Witness] = []
        for name in ["f1", "f2"] {
            let follower = try await world.follow(name)
            let report = try await follower.catchUp()
            witnesses.append(follower.witness)
            let text = try note(world, name)
            let found = try #require(CheckpointNote.claim(text))
            #expect(found.size == report.position)
            try follower.close()
        }
        let both = try verify(world, ["f1/checkpoint", "f2/checkpoint"], witnesses)
        #expect(
            both.problems.isEmpty && both.cosignatures.count == 2,
            "\(witnesses) \(both.cosignatures)")
        #expect(Set(both.cosignatures.map(\.witness)) == Set(witnesses))
        #expect(both.checked.contains(.witnesses) && both.checked.contains(.history))
        let one = try verify(world, ["f2/checkpoint"], witnesses)
        #expect(one.cosignatures.map(\.witness) == [witnesses[1]] && one.isOK)
        #expect(one.notChecked.contains { $0.check == .witnesses && $0.reason == .notCosigned })
        // Nobody named: nobody counts, and the note binds the log all the same.
        let none = try verify(world, ["f1/checkpoint"], [])
        #expect(none.cosignatures.isEmpty && none.isOK && none.checked.contains(.history))
        #expect(Witness(verifierKey: witnesses[0].verifierKey) == witnesses[0])
    }

    @Test func noteOfAnotherLog_orForged_isNamedAndCountsForNothing() async throws {
        let world = try await VerifyWorld.lived()
        let follower = try await world.follow()
        _ = try await follower.catchUp()
        let witness = follower.witness
        try follower.close()
        try world.copyHub(to: "old")
        for low: UInt64 in 1...2 { try act(world, low) }
        _ = try await world.catchUp()
        let text = try note(world)
        // Another log of the hub's own hand, as long as the one that was cosigned.
        try world.putBackHub("old")
        for low: UInt64 in 3...4 { try act(world, low) }
        let rewritten = try verify(world, ["follower/checkpoint"], [witness])
        #expect(rewritten.kinds == [.logRewritten] && rewritten.cosignatures.isEmpty)
        try world.putBackHub("old")
        #expect(try verify(world, ["follower/checkpoint"], [witness]).kinds == [.tailCut])

        // Every line altered: the hub's is forged, the witness's counts for nothing.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for place in [1, 2, 4] {
            var other = lines
            if place == 1 {
                other[1] = "12"
            } else {
                let index = other[place].index(other[place].endIndex, offsetBy: -8)
                let old = other[place][index]
                other[place].replaceSubrange(index...index, with: old == "A" ? "B" : "A")
            }
            try world.folder.write(Array(other.joined(separator: "\n").utf8), to: "forged")
            #expect(try verify(world, ["forged"], [witness]).kinds == [.headForged], "\(place)")
        }
        for low: UInt64 in 1...2 { try act(world, low) }
        var other = lines
        other[5] = other[4]
        try world.folder.write(Array(other.joined(separator: "\n").utf8), to: "unsigned")
        #expect(try verify(world, ["unsigned"], [witness]).cosignatures.isEmpty)
    }

    /// A follower that is told to follow a rewritten log anew does not vouch for both.
    @Test func rewrittenLog_followedAnew_isNotCosigned() async throws {
        let world = try await VerifyWorld.lived()
        let first = try await world.follow()
        #expect(try await first.catchUp().isCosigned)
        try first.close()
        try world.copyHub(to: "old")
        for low: UInt64 in 1...2 { try act(world, low) }
        let before = try await world.catchUp()
        #expect(before.isCosigned)
        try world.putBackHub("old")
        for low: UInt64 in 3...5 { try act(world, low) }
        let follower = try world.openFollower()
        await #expect(throws: FollowerFault.self) { try await follower.catchUp() }
        _ = try follower.startAgain()
        let report = try await follower.catchUp()
        // Asked about the head, the hub opened an epoch: that is another log, and says so.
        #expect(report.epoch != before.epoch || !report.isCosigned)
        try follower.close()
    }

    private func act(_ world: VerifyWorld, _ low: UInt64) throws {
        let point = RecordKey("points", .init(high: 8, low: low))
        _ = try world.store.save([Edit(point, .set(["code": "NDJ-003"]))])
    }
}
