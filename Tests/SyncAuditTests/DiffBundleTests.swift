import Foundation
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit

/// A bundle as one side.
@Suite struct DiffBundleTests {
    private func joined() async throws -> DiffWorld {
        let world = try await DiffWorld()
        try world.set(world.a, ["note": "x", "mode": "foot"])
        try await world.sync(world.a, world.b, world.a)
        return world
    }

    private func diff(_ bundle: String, _ file: String, _ world: DiffWorld) async throws
        -> DiffResult
    {
        try await ReplicaDiff.run(
            .bundle(path: world.folder.file(bundle)),
            .file(AuditFile(world.folder.file(file))), environment: .system)
    }

    @Test func diff_exportBesideTheHub_showsJustWhatItBrings() async throws {
        let world = try await joined()
        try world.set(world.a, ["note": "y"])
        try world.set(world.a, ["note": "new"], of: RecordKey("stops", .init(high: 8, low: 1)))
        _ = try world.a.exportBundle(to: world.folder.file("a.fsb"))
        #expect(try BundleContent.isBundle(world.folder.file("a.fsb")))
        #expect(try !BundleContent.isBundle(world.folder.file("a.sqlite")))
        let result = try await diff("a.fsb", "hub", world)
        let found = result.records.map { "\($0.side.rawValue) \($0.cause.rawValue)" }
        #expect(found == ["both pending_a", "a pending_a"])
        #expect(result.records.first?.fields.map(\.name) == ["note"])
        #expect(result.notChecked == [.bundleIsPartial])
        let own = try await diff("a.fsb", "a.sqlite", world)
        #expect(own.isIdentical)
    }

    @Test func diff_exportThatTheHubHas_isIdenticalInWhatItNames() async throws {
        let world = try await joined()
        try world.set(world.a, ["note": "y"])
        _ = try world.a.exportBundle(to: world.folder.file("a.fsb"))
        try await world.sync(world.a)
        let result = try await diff("a.fsb", "hub", world)
        #expect(result.isIdentical && result.a.kind == .bundle)
    }

    @Test func diff_batchChangedInTheBundle_isNotBelieved() async throws {
        let world = try await joined()
        try world.set(world.a, ["note": "yyyy"])
        let path = world.folder.file("a.fsb")
        _ = try world.a.exportBundle(to: path)
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(filePath: path))
        await #expect(throws: (any Error).self) { try await diff("a.fsb", "hub", world) }
    }
}
