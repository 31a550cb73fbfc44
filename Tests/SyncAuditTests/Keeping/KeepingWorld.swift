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

extension VerifyWorld {
    var hubFolder: HubFolder { HubFolder(hubPath) }
    var environment: Environment { clock.environment(seed: 77) }

    @discardableResult
    func backUp(_ name: String, passphrase: Passphrase? = nil) throws -> HubBackup.Report {
        clock.advance(1_000)
        return try HubBackup(hubFolder, environment: environment)
            .write(to: folder.file(name), passphrase: passphrase)
    }

    func restore(
        _ name: String, to target: String, with sources: String..., passphrase: Passphrase? = nil
    ) throws -> HubRestore.Report {
        try HubRestore(environment: environment).restore(
            folder.file(name), to: folder.file(target), with: sources.map { folder.file($0) },
            passphrase: passphrase)
    }

    /// The old hub is gone; devices find the restored one at its address.
    func serve(_ name: String) throws {
        try closeHub()
        try FileManager.default.removeItem(atPath: hubPath)
        try FileManager.default.moveItem(atPath: folder.file(name), toPath: hubPath)
        try reopen()
    }

    func passphrase(_ text: String) throws -> Passphrase {
        try folder.write(Array((text + "\n").utf8), to: "passphrase")
        return try Passphrase(file: folder.file("passphrase"))
    }

    // MARK: A follower

    func follow(_ name: String = "follower") async throws -> HubFollower {
        let invite = try store.invite(
            name: name, role: .auditor, expires: clock.now + Self.year, url: nil)
        // Each has a key of its own.
        let environment = clock.environment(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        return try await HubFollower.join(
            invite.text, folder: folder.file(name), environment: environment,
            transport: { _ in self.transport })
    }

    func openFollower(_ name: String = "follower") throws -> HubFollower {
        try HubFollower.open(
            folder: folder.file(name), environment: environment,
            transport: { _ in self.transport })
    }

    /// Catches up once, as a program that is started for it.
    @discardableResult
    func catchUp(_ name: String = "follower") async throws -> HubFollower.Report {
        let follower = try openFollower(name)
        defer { try? follower.close() }
        return try await follower.catchUp()
    }

    func status() throws -> HubStatus { try store.status() }

    func names(in name: String = "") throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.file(name)))
    }
}

/// A sync of a replica that the world does not know by name.
enum SyncRunner {
    static func run(_ replica: Replica, _ world: VerifyWorld) async throws -> SyncReport {
        world.clock.advance(1_000)
        return try await SyncDriver(replica: replica, transport: world.transport).run()
    }
}
