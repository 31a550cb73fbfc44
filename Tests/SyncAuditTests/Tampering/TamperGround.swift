import Foundation
import SyncAudit
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncHub

/// One hub and its devices' files as honest programs left them, to be tampered with in copies.
final class TamperGround: Sendable {
    let world: VerifyWorld
    /// Files by subject.
    static let subjects = ["hub", "a.sqlite", "b.sqlite", "twin.sqlite"]

    static let shared = Task { try await TamperGround() }

    /// Everything that a file may hold: conflicts, claims, a copy's new key, a hub that was put
    /// back, a session that was cut, saves that wait.
    init() async throws {
        let world = try await VerifyWorld.lived()
        self.world = world
        _ = try world.store.invite(
            name: "later", role: .lead, expires: world.clock.now + VerifyWorld.year, url: nil)
        try world.replicas["b"]!.close()
        try world.folder.copyStore("b.sqlite", to: "twin.sqlite")
        try FileManager.default.copyItem(
            atPath: KeyFile.path(forReplica: world.folder.file("b.sqlite")),
            toPath: KeyFile.path(forReplica: world.folder.file("twin.sqlite")))
        try world.open("b")
        try world.open("twin")
        try world.set("b", VerifyWorld.stop(21), ["note": "of b"])
        try world.set("twin", VerifyWorld.stop(22), ["note": "of the twin"])
        try await world.sync("b", "twin", "b")
        try world.closeHub()
        try world.copyHub(to: "before")
        try world.reopen()
        for low in 31...33 {
            try world.set("b", VerifyWorld.stop(UInt64(low)), ["note": .text("lost \(low)")])
        }
        try world.set("a", VerifyWorld.stop(1), ["note": "written over"])
        try await world.sync("b", "a", "twin")
        try world.putBackHub("before")
        try await world.sync("twin", "a", "b", "twin", "a")
        // What waits: two saves of one field, and one of a record of its own.
        try world.set("a", VerifyWorld.stop(41), ["note": "first", "n": 1])
        try world.set("a", VerifyWorld.stop(41), ["note": "second"])
        try world.set("a", VerifyWorld.stop(42), ["note": "another"])
        try world.closeHub()
        for replica in world.replicas.values { try replica.close() }
    }

    /// Verifies a copy of one file, tampered with by SQL.
    ///
    /// - Parameter act: returns false if there was nothing to tamper with.
    /// - Returns: nil then.
    func verify(
        _ subject: String, _ act: (StoreConnection) throws -> Bool
    ) throws -> VerifyReport? {
        let isHub = subject == "hub"
        var wasDone = false
        let (report, _) = try examine(subject) { path in
            let file = try StoreFile(
                path: path, purpose: isHub ? .hub : .replica,
                tables: isHub ? HubTables.versions : ReplicaTables.versions)
            wasDone = try file.write(act)
            try file.close()
        }
        return wasDone ? report : nil
    }

    /// Verifies a copy of one file, tampered with by its path.
    ///
    /// - Returns: no report if the auditor refuses the file; what it says if it calls it whole.
    func examine(
        _ subject: String, _ act: (String) throws -> Void
    ) throws -> (report: VerifyReport?, content: FileContent?) {
        let folder = TestFolder()
        let isHub = subject == "hub"
        let path = folder.file(isHub ? "hub.sqlite" : subject)
        try FileManager.default.copyItem(
            atPath: world.folder.file(isHub ? "hub/hub.sqlite" : subject), toPath: path)
        try act(path)
        guard let report = try? Verifier().verify(path) else { return (nil, nil) }
        guard report.isOK else { return (report, nil) }
        let content = try AuditFile(path).read { store in
            try FileContent(store, unproved: Set(report.unproved.map(\.name)))
        }
        return (report, content)
    }
}
