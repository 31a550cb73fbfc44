import Foundation
import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// A hub that is asked over the wire.
@Suite struct DiffAddressTests {
    private func source(
        _ world: DiffWorld, tampering: (@Sendable (WireRequest, WireAnswer) -> WireAnswer)? = nil
    ) throws -> AuditSource {
        let transport = ServiceTransport(world.service, tampering: tampering)
        let access = HubAccess(
            token: try #require(world.a.token), device: try world.a.deviceID())
        return .address(url: "http://hub", transport: transport, access: access)
    }

    private func diff(
        _ file: String, _ hub: AuditSource, _ world: DiffWorld,
        asking: HubReader.Asking = .digest
    ) async throws -> DiffResult {
        try await ReplicaDiff.run(
            .file(AuditFile(world.folder.file(file))), hub, asking: asking, environment: .system)
    }

    /// A hub that answers pulls out of another file than its digest is of, and signs both.
    @Test func diff_hubServesOneAlteredNoteUnderAnHonestDigest_isFound() async throws {
        let world = try await filled()
        let key = RecordKey("stops", .init(high: 3, low: 9))
        let honest = world.service
        let lying = try world.lyingService(
            "UPDATE records SET fields = replace(fields, '\"n\"', '\"never said\"') "
                + "WHERE id = x'\(key.id.hex)'")
        let transport = ServiceTransport(honest) { request, answer in
            request.path == "/v1/changes" ? lying.answer(request) : answer
        }
        let hub = AuditSource.address(
            url: "http://hub", transport: transport,
            access: HubAccess(token: try #require(world.a.token), device: try world.a.deviceID()))
        let result = try await diff("a.sqlite", hub, world, asking: .pages)
        #expect(result.records.count == 1 && result.records.first?.key.recordKey == key)
        let fields = result.records.first?.fields.map(\.name) ?? []
        #expect(fields == ["note"])
        // Who asks for the digest alone does not see it, and is told so.
        let quick = try await diff("a.sqlite", hub, world)
        #expect(quick.isIdentical && quick.notChecked == [.valuesNotFetched])
    }

    @Test func diff_replicaInStep_fetchesEveryPage() async throws {
        let world = try await filled()
        let result = try await diff("a.sqlite", source(world), world, asking: .pages)
        #expect(result.isIdentical && result.notChecked.isEmpty)
        #expect(result.b.position == result.a.position)
    }

    private func filled() async throws -> DiffWorld {
        let world = try await DiffWorld()
        for low in 1...40 as ClosedRange<UInt64> {
            try world.set(
                world.a, ["note": "n"], of: RecordKey("stops", .init(high: 3, low: low)))
        }
        try await world.sync(world.a, world.b, world.a)
        return world
    }

    @Test func diff_replicaInStep_asksForTheTopOnly() async throws {
        let world = try await filled()
        let result = try await diff("a.sqlite", source(world), world)
        #expect(result.isIdentical && result.b.roundTrips == 1)
        #expect(result.b.position == result.a.position)
        #expect(result.notChecked == [.valuesNotFetched])
    }

    @Test func diff_fewDifferences_areFoundWithTheirCauses() async throws {
        let world = try await filled()
        try world.set(world.a, ["note": "m"], of: RecordKey("stops", .init(high: 3, low: 5)))
        try world.set(world.b, ["note": "o"], of: RecordKey("stops", .init(high: 3, low: 6)))
        try await world.sync(world.b)
        try world.altered(
            "a.sqlite", as: "bad.sqlite",
            "DELETE FROM records WHERE id = x'00000000000000030000000000000007'")
        let result = try await diff("bad.sqlite", source(world), world)
        let causes = result.records.map { "\($0.key.idBytes.last ?? 0) \($0.cause.rawValue)" }
        #expect(causes == ["5 pending_a", "6 not_pulled_a", "7 altered_a"])
        #expect(result.b.kind == .address && result.b.bytesReceived > 0)
    }

    @Test func diff_damagedRowOfTheFile_isShown() async throws {
        let world = try await filled()
        try world.altered(
            "a.sqlite", as: "bad.sqlite", "UPDATE records SET clock = x'01' WHERE row = 9")
        let result = try await diff("bad.sqlite", source(world), world)
        #expect(result.records.map(\.cause) == [.alteredA])
    }

    @Test func diff_withoutAKnownKey_saysSo() async throws {
        let world = try await filled()
        let stranger = try Replica.create(
            path: world.folder.file("c.sqlite"), name: "c", environment: .system)
        try stranger.close()
        let result = try await diff("c.sqlite", source(world), world)
        #expect(result.notChecked.contains(.hubKeyNotPinned))
        #expect(result.onlyB == result.total && result.total > 40)
    }

    @Test func diff_answerChangedOnItsWay_isNotBelieved() async throws {
        let world = try await filled()
        try world.set(world.b, ["note": "o"], of: RecordKey("stops", .init(high: 3, low: 6)))
        try await world.sync(world.b)
        for path in ["/v1/digest", "/v1/records"] {
            let hub = try source(world) { request, answer in
                guard request.path == path else { return answer }
                var changed = answer
                let text = String(decoding: answer.body, as: UTF8.self)
                    .replacing("\"n\"", with: "\"q\"").replacing("\"o\"", with: "\"p\"")
                    .replacing("\"children\":[\"0", with: "\"children\":[\"1")
                    .replacing("\"children\":[\"a", with: "\"children\":[\"b")
                    .replacing("\"signature\":\"", with: "\"signature\":\"0")
                changed.body = Array(text.utf8)
                return changed
            }
            await #expect(throws: DiffFault.self) { try await diff("a.sqlite", hub, world) }
        }
    }

    @Test func diff_twoHubs_areComparedByTheirDigests() async throws {
        let world = try await filled()
        let result = try await ReplicaDiff.run(
            source(world), source(world), environment: .system)
        #expect(result.isIdentical)
    }

    @Test func access_fromKeyFileOrToken_isRead() async throws {
        let world = try await filled()
        let keys = try HubAccess(file: world.folder.file("a.key"))
        #expect(try keys?.device == world.a.deviceID() && keys?.token == world.a.token)
        let token = try #require(world.a.token)
        try token.write(
            toFile: world.folder.file("token"), atomically: true, encoding: .utf8)
        #expect(try HubAccess(file: world.folder.file("token"))?.token == token)
        try "no token".write(
            toFile: world.folder.file("text"), atomically: true, encoding: .utf8)
        #expect(try HubAccess(file: world.folder.file("text")) == nil)
    }
}
