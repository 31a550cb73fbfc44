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
    private let place: any HubPlace

    /// Whether hubs that are made now keep their spaces in PostgreSQL.
    @TaskLocal static var isInDatabase = false

    init(_ time: SimulatedTime, seed: UInt64, folder: TestFolder, pageBytes: Int) throws {
        self.folder = folder
        self.pageBytes = pageBytes
        environment = time.environment(seed: seed, clock: clock)
        #if PostgreSQL
            place =
                Self.isInDatabase
                ? DatabasePlace(folder: folder) : FolderPlace(folder: folder)
        #else
            place = FolderPlace(folder: folder)
        #endif
        try place.create(
            .init(
                name: "space", timeZone: "Asia/Shanghai", operatorCollections: ["points"],
                url: "http://127.0.0.1:1"), environment)
        (store, service, key) = try Self.open(place, environment, pageBytes)
    }

    private static func open(
        _ place: any HubPlace, _ environment: Environment, _ pageBytes: Int
    ) throws -> (SQLHubStore, HubService, SigningKey) {
        let (store, key) = try place.open(environment)
        let service = HubService(
            store: store, environment: environment, pageBytes: pageBytes)
        return (store, service, key)
    }

    private func open() throws {
        (store, service, key) = try Self.open(place, environment, pageBytes)
    }

    /// The process ends and another begins on the same files.
    func restart() throws {
        try store.close()
        try open()
    }

    /// A copy of the hub's file as it is now.
    func copyStore(to copy: String = "hub-copy.sqlite") throws -> String {
        try place.copy(store, to: copy)
        try open()
        return copy
    }

    func auditPath() throws -> String { try place.auditPath(store) }

    /// Puts an older copy in place, as a virtual machine's snapshot does.
    func restoreStore(_ copy: String) throws {
        try store.close()
        try place.restore(copy)
        try open()
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
