import SyncCore
import SyncProtocol
import SyncStore
import TestSupport

@testable import SyncHub

/// A real hub on real files, without a socket.
final class SimulatedHub: @unchecked Sendable {
    // Guard: a world runs on one task; nothing here is touched from two.
    let folder: TestFolder
    /// For tests of a proxy between device and hub.
    var isLying = false
    let clock = ClockOffset()
    private(set) var store: SQLHubStore
    private(set) var service: HubService
    /// The hub's own: for tests of someone who has it.
    private(set) var key: SigningKey
    private let environment: Environment
    private let pageBytes: Int

    init(_ time: SimulatedTime, seed: UInt64, folder: TestFolder, pageBytes: Int) throws {
        self.folder = folder
        self.pageBytes = pageBytes
        environment = time.environment(seed: seed, clock: clock)
        let hub = HubFolder(folder.file("hub"))
        let made = try hub.create(
            .init(
                name: "space", timeZone: "Asia/Shanghai", operatorCollections: ["points"],
                url: "http://127.0.0.1:1"), environment: environment)
        try made.close()
        (store, service, key) = try Self.open(folder, environment, pageBytes)
    }

    private static func open(
        _ folder: TestFolder, _ environment: Environment, _ pageBytes: Int
    ) throws -> (SQLHubStore, HubService, SigningKey) {
        let (store, key) = try HubFolder(folder.file("hub")).open(environment: environment)
        let service = HubService(
            store: store, key: key, environment: environment, pageBytes: pageBytes)
        return (store, service, key)
    }

    /// The process ends and another begins on the same files.
    func restart() throws {
        try store.close()
        (store, service, key) = try Self.open(folder, environment, pageBytes)
    }

    /// A copy of the hub's file as it is now.
    func copyStore(to copy: String = "hub-copy.sqlite") throws -> String {
        try store.close()
        try folder.copyStore("hub/hub.sqlite", to: copy)
        (store, service, key) = try Self.open(folder, environment, pageBytes)
        return copy
    }

    /// Puts an older copy in place, as a virtual machine's snapshot does.
    func restoreStore(_ copy: String) throws {
        try store.close()
        try folder.copyStore(copy, to: "hub/hub.sqlite")
        (store, service, key) = try Self.open(folder, environment, pageBytes)
    }

    func invite(_ name: String, role: Role = .lead) throws -> Invite {
        try store.invite(
            name: name, role: role, expires: environment.nowMilliseconds() + 86_400_000, url: nil)
    }

    /// Every batch of the journal with its leaf, in order.
    func journal() throws -> [(batch: SealedBatch, leaf: Leaf)] {
        try store.file.read { connection in
            let journal = JournalTable(connection)
            let size = try journal.size()
            return try (0..<size).map {
                (try journal.batch($0 + 1), try journal.receipt($0 + 1).leaf)
            }
        }
    }
}
