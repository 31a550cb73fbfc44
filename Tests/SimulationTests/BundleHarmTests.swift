import Foundation
import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

/// Bundles that were cut, damaged, forged or kept back on their way.
@Suite(.onBothStores) struct BundleHarmTests {
    /// A world whose device away is enrolled and has written.
    private func prepared(pageBytes: Int = 512 << 10) async throws -> BundleWorld {
        let world = try await BundleWorld(pageBytes: pageBytes)
        try world.away.openInvite(world.hub)
        try world.roundTrip("join")
        try world.away.set(world.key, ["f": "x"])
        return world
    }

    @Test func file_cutAnywhere_refusedWholeAndNothingChanged() async throws {
        let world = try await prepared()
        let answer = try world.bring(world.export(world.away, to: "there.fsb")).answer
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: answer)))
        let before = try world.away.states()
        for part in 0..<20 {
            let cut = world.folder.file("cut.fsb")
            try Data(bytes.prefix(bytes.count * part / 20)).write(to: URL(filePath: cut))
            let fault = #expect(throws: BundleFileFault.self) {
                try world.take(cut, at: world.away)
            }
            #expect(fault?.fault == .truncated)
        }
        #expect(try world.away.states() == before)
        #expect(try world.away.replica.status().pending == 1)
        #expect(try world.take(answer, at: world.away).batches == 1)
    }

    @Test func file_bytesFlipped_refusedOrHarmless() async throws {
        let world = try await prepared()
        let answer = try world.bring(world.export(world.away, to: "there.fsb")).answer
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: answer)))
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let before = try world.away.states()
        var refused = 0
        for _ in 0..<200 {
            var harmed = bytes
            let place = Int.random(in: 0..<harmed.count, using: &generator)
            harmed[place] ^= UInt8.random(in: 1...255, using: &generator)
            let path = world.folder.file("harmed.fsb")
            try Data(harmed).write(to: URL(filePath: path))
            do { _ = try BundleFile(path: path) } catch is BundleFileFault { refused += 1 }
        }
        // Only the ten bytes of gzip's header hold what no checksum covers.
        #expect(refused > 180, "seed \(seed)")
        #expect(try world.away.states() == before, "seed \(seed)")
    }

    @Test func file_thatIsNoBundle_refused() async throws {
        let world = try await prepared()
        for content in ["", "hello\n", "{\"bundle\":{}}\n"] {
            let path = world.folder.file("no.fsb")
            try Data(content.utf8).write(to: URL(filePath: path))
            #expect(throws: BundleFileFault.self) { try BundleFile(path: path) }
        }
    }

    @Test func page_leftOutByTheCarrier_restIsNotTakenAndNextRoundMends() async throws {
        let world = try await BundleWorld(pageBytes: 200)
        for number in 0..<12 { try world.carrier.set(world.key(UInt64(number)), ["f": "value"]) }
        try await world.carrier.sync(world.hub)
        try world.away.openInvite(world.hub)
        let there = try world.export(world.away, to: "there.fsb")
        let answer = try world.bring(there).answer
        let pages = try world.items(answer).filter { $0.kind == .page }.count
        #expect(pages > 4)
        var seen = 0
        let robbed = try world.rewritten(answer, as: "robbed.fsb") { item in
            seen += item.kind == .page ? 1 : 0
            return item.kind == .page && seen == 3 ? [] : [item]
        }
        let taken = try world.take(robbed, at: world.away)
        #expect(taken.pages == 2 && taken.outdated == pages - 3)
        #expect(taken.isIncomplete && taken.digest == .notCompared && taken.halt == nil)
        // The whole answer goes on where the robbed one ended.
        let whole = try world.take(answer, at: world.away)
        #expect(whole.pages == pages - 2 && whole.repeated == 3)
        #expect(try world.isEqual(world.away))
        // So does a new round.
        try world.carrier.set(world.key(1), ["f": "later"])
        try await world.carrier.sync(world.hub)
        #expect(try world.roundTrip("next").digest == .equal(world.hub.store.status().digest))
    }

    @Test func pages_inAnotherOrder_nothingWrongIsTaken() async throws {
        let world = try await BundleWorld(pageBytes: 200)
        for number in 0..<8 { try world.carrier.set(world.key(UInt64(number)), ["f": "value"]) }
        try await world.carrier.sync(world.hub)
        try world.away.openInvite(world.hub)
        let answer = try world.bring(world.export(world.away, to: "there.fsb")).answer
        var pages = try world.items(answer).filter { $0.kind == .page }
        let turned = try world.rewritten(answer, as: "turned.fsb") { item in
            item.kind == .page ? [pages.removeLast()] : [item]
        }
        let taken = try world.take(turned, at: world.away)
        #expect(taken.pages == 1 && taken.halt == nil && taken.isIncomplete)
        #expect(try world.roundTrip("next").digest == .equal(world.hub.store.status().digest))
    }

    @Test func answer_changedOnTheWay_refusedAlone() async throws {
        let world = try await prepared()
        let answer = try world.bring(world.export(world.away, to: "there.fsb")).answer
        let forged = try world.rewritten(answer, as: "forged.fsb") { item in
            let text = String(decoding: item.line, as: UTF8.self)
            let changed =
                item.kind == .page
                ? text.replacing("\"more\":false", with: "\"more\":true") : text
            return [BundleItem(line: Array(changed.utf8))].compactMap { $0 }
        }
        let taken = try world.take(forged, at: world.away)
        #expect(taken.refused == [.init(kind: .page, fault: .notSigned)])
        #expect(taken.pages == 0 && taken.batches == 1)
        let carried = try world.take(forged, at: world.carrier)
        #expect(carried.refused == [.init(kind: .page, fault: .notSigned)])
        #expect(carried.carried == 1)
    }

    @Test func requests_forgedByTheCarrier_refusedAloneWithTheReason() async throws {
        let world = try await prepared()
        let there = try world.export(world.away, to: "there.fsb")
        let position = try world.hub.store.facts().position
        let forger = SigningKey()
        let device = try world.away.id
        let forged = try world.rewritten(there, as: "forged.fsb") { item in
            guard item.kind == .pull, let pull = try? SignedPull(encoded: item.content) else {
                let text = String(decoding: item.line, as: UTF8.self)
                    .replacing("\"f\":\"x\"", with: "\"f\":\"y\"")
                return [BundleItem(line: Array(text.utf8))].compactMap { $0 }
            }
            let other = SignedPull(
                cursor: nil, have: 0, head: nil, madeAt: pull.madeAt + 1, nonce: pull.nonce,
                space: pull.space, key: forger)
            let named = String(decoding: other.encoded, as: UTF8.self)
                .replacing(other.device.hex, with: device.hex)
            return [item, BundleItem(.pull, content: Array(named.utf8))]
        }
        let (report, answer) = try world.bring(forged)
        #expect(report.refused.map(\.error.code) == [.signatureInvalid, .signatureInvalid])
        #expect(report.refused.map(\.kind) == [.push, .pull])
        #expect(report.refused.first?.batch == 1)
        #expect(report.answered == [device] && report.position == position)
        // The refusal is of another item than the device's own: it goes on as if nothing were.
        let taken = try world.take(answer, at: world.away)
        #expect(taken.hubRefusals.isEmpty && taken.pages == 1 && taken.halt == nil)
        #expect(try world.roundTrip("next").batches == 1)
        // A carrier that knows the device's key sees it too.
        try await world.carrier.sync(world.hub)
        let carried = try world.take(forged, at: world.carrier)
        #expect(carried.refused.map(\.fault) == [.notSigned, .notSigned])
    }

    /// The hub can prove a first page from the enrolment's head only if the join came along.
    @Test func joinLeftOutByTheCarrier_pageIsPassedOverAndNextRoundMends() async throws {
        let world = try await BundleWorld()
        try world.away.openInvite(world.hub)
        let there = try world.export(world.away, to: "there.fsb")
        let first = try world.bring(there).answer
        let enrolment = try world.rewritten(first, as: "enrolment.fsb") {
            $0.kind == .enrolment ? [$0] : []
        }
        try world.carrier.set(world.key, ["f": "x"])
        try await world.carrier.sync(world.hub)
        let robbed = try world.rewritten(there, as: "robbed.fsb") {
            $0.kind == .join ? [] : [$0]
        }
        let second = try world.bring(robbed, answer: "second.fsb").answer
        #expect(try world.take(enrolment, at: world.away).hasJoined)
        let taken = try world.take(second, at: world.away)
        #expect(taken.pages == 0 && taken.outdated == 1 && taken.halt == nil)
        #expect(try world.roundTrip("next").digest == .equal(world.hub.store.status().digest))
    }

    @Test func bundle_ofAnotherSpace_refusedByAll() async throws {
        let world = try await prepared()
        let other = try await BundleWorld()
        try other.away.openInvite(other.hub)
        let foreign = try other.export(other.away, to: "foreign.fsb")
        // The same seeds make the same space: a third world has its own.
        let third = try SimulatedHub(other.time, seed: 99, folder: TestFolder(), pageBytes: 9_000)
        #expect(throws: WireError.self) {
            try third.service.take(
                [BundleFile(path: foreign)], answerPath: other.folder.file("a.fsb"))
        }
        let stranger = try SimulatedDevice(
            "stranger", world.time, seed: 77, folder: world.folder)
        #expect(throws: ReplicaFault.notJoined) { try world.take(foreign, at: stranger) }
        try stranger.openInvite(third)
        #expect(throws: BundleUseFault.anotherSpace(path: foreign)) {
            try world.take(foreign, at: stranger)
        }
    }

    @Test func answerFile_ofSomethingElse_isNotReplaced() async throws {
        let world = try await prepared()
        let there = try world.export(world.away, to: "there.fsb")
        #expect(throws: BundleIntakeFault.answerExists(path: there)) {
            try world.bring(there, answer: "there.fsb")
        }
        #expect(throws: BundleUseFault.exists(path: there)) {
            try world.away.replica.exportBundle(to: there)
        }
        #expect(try world.bring(there).report.batches == 1)
        #expect(try world.bring(there).report.repeated == 1)
    }
}
