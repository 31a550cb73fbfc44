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

@Suite struct ClaimTests {
    private typealias World = VerifyWorld

    private static let point = RecordKey("points", .init(high: 1, low: 2))

    /// A hub put back to before its operator revoked a device and wrote a point.
    private func putBack() async throws -> World {
        let world = try await World.lived()
        try await world.sync("a")
        try world.copyHub(to: "old")
        _ = try world.store.setRevoked(true, device: try world.device("c"))
        _ = try world.store.save([Edit(Self.point, .set(["code": "NDJ-002"]))])
        try await world.sync("a", "b")
        try world.putBackHub("old")
        for _ in 1...3 { try await world.sync("a", "b") }
        return world
    }

    @Test func claims_afterAHubWasPutBack_revocationsFirstAndAcceptedUnderTheHubsKey() async throws
    {
        let world = try await putBack()
        let figures = JournalFigures()
        let claims = try world.store.claims()
        #expect(try figures.look(at: world.store).claims == claims.count)
        let own = claims.filter { !$0.isAdopted }
        let adopted = claims.filter(\.isAdopted)
        #expect(own.count == 1)
        #expect(claims.first?.isRevocation == true)
        #expect(claims.first?.key.id == (try world.device("c")))
        #expect(adopted.contains { $0.key == Self.point })
        #expect(
            try world.store.devices().first { $0.device.name == "c" }?.device.isRevoked == false)
        try world.store.accept(adopted)
        #expect(try world.store.devices().first { $0.device.name == "c" }?.device.isRevoked == true)
        let left = try world.store.claims()
        #expect(left.map(\.id) == own.map(\.id))
        #expect(try figures.look(at: world.store).claims == left.count)
        try world.store.dismiss(left)
        #expect(try world.store.claims().isEmpty)
        #expect(try figures.look(at: world.store).claims == 0)
        await #expect(throws: WireError.self) { try await world.sync("c") }
        let report = try world.verify(against: ["a.sqlite", "b.sqlite"])
        #expect(report.isOK, "\(report.problems)")
    }

    @Test func clockReset_afterAClockTenYearsAhead_receiptsGoOnAndVerify() async throws {
        let world = try await World.lived()
        let ahead = 10 * World.year
        world.clock.set("", ahead)
        try world.set("a", World.stop(30), ["note": "while ahead"])
        try await world.sync("a", "b")
        world.clock.set("", 0)
        let findings = try HubDoctor(world.hubFolder, environment: world.environment).examine()
        let clock = try #require(findings.first { $0.id == "clock" })
        guard case .clock(let found) = clock else { return }
        #expect(clock.level == .bad)
        #expect(abs(found - ahead) < World.minute)
        #expect(try abs(#require(try world.store.resetClock()) - ahead) < World.minute)
        #expect(try world.store.resetClock() == nil)
        try world.set("b", World.stop(30), ["note": "a later edit"])
        for _ in 1...2 { try await world.sync("b", "a") }
        let shown = try world.replicas["a"]!.record(World.stop(30))
        #expect(shown?.values["note"] == "a later edit")
        #expect(try world.store.facts().lastReceivedAt <= world.clock.now)
        let report = try world.verify()
        #expect(report.isOK, "\(report.problems)")
        let after = try HubDoctor(world.hubFolder, environment: world.environment).examine()
        #expect(after.first { $0.id == "clock" }?.level == .ok)
    }

    // MARK: doctor

    private func levels(_ world: World) throws -> [String: HealthLevel] {
        let findings = try HubDoctor(world.hubFolder, environment: world.environment).examine()
        return Dictionary(uniqueKeysWithValues: findings.map { ($0.id, $0.level) })
    }

    @Test func doctor_backedUpHub_findsNothingWrong() async throws {
        let world = try await World.lived()
        #expect(try levels(world)["backup"] == .bad)
        try world.backUp("b1")
        let levels = try levels(world)
        #expect(levels.values.allSatisfy { $0 != .bad }, "\(levels)")
        #expect(levels.count == 12 - 1)
    }

    @Test(arguments: [
        ("UPDATE journal SET signature = zeroblob(64) WHERE position = 5", "journal"),
        (
            "UPDATE journal SET leaf = replace(leaf, '\"rules\":1', '\"rules\":2') "
                + "WHERE position = 6", "journal"
        ),
        ("UPDATE merkle SET hash = zeroblob(32) WHERE level = 0 AND place = 3", "journal"),
        ("UPDATE digest SET children = zeroblob(2048) WHERE node = 64", "digest"),
    ])
    func doctor_alteredFile_findsIt(sql: String, check: String) async throws {
        let world = try await World.lived()
        try world.tamper { try $0.execute(sql) }
        #expect(try levels(world)[check] == .bad)
    }

    @Test func doctor_keyThatOthersMayRead_orThatIsAnothers_isFound() async throws {
        let world = try await World.lived()
        #expect(try levels(world)["key"] == .ok)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: world.hubPath + "/hub.key")
        #expect(try levels(world)["key"] == .bad)
        try SecretFile.write(HubFolder.keyFile(SigningKey()), to: world.hubPath + "/hub.key")
        #expect(try levels(world)["key"] == .bad)
    }

    @Test func doctor_devicesNotSeenAndBackupsThatStopped_areNamed() async throws {
        let world = try await World.lived()
        try world.backUp("b1")
        world.clock.advance(3 * 86_400_000)
        try world.set("a", World.stop(31), ["note": "later"])
        try await world.sync("a")
        #expect(try levels(world)["backup"] == .warn)
        world.clock.advance(5 * 86_400_000)
        let levels = try levels(world)
        #expect(levels["backup"] == .bad)
        #expect(levels["devices"] == .warn)
    }
}
