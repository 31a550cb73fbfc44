// The desk: a device of the operator's own, in the hub.
//
// Problem: what the operator does on the page (settle a conflict, assign a hazard, delete a record)
// is work like anybody's: it must be signed, ruled, journalled, and undone like anybody's.
// Idea: the hub keeps a replica beside its file, enrolled like any device, with the role operator.
// The page reads it and saves into it; a sync within the process does the rest.

import OutreachSchema
import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import SystemTimeZones

/// The operator's device in a hub, and what its page shows.
actor Desk {
    private static let name = "desk"

    let store: SQLHubStore
    private let service: HubService
    private let folder: String
    private let environment: Environment
    private var replica: Replica?
    /// The journal's size at the last sync.
    private var position: Int64 = -1

    init(
        store: SQLHubStore, service: HubService, folder: String, environment: Environment
    ) {
        self.store = store
        self.service = service
        self.folder = folder
        self.environment = environment
    }

    /// The desk's replica, as new as the hub.
    ///
    /// - Throws: `StoreError`, `WireError`.
    func current() async throws -> (replica: Replica, zone: ZoneRules) {
        let replica = try await opened()
        let facts = try store.facts()
        if facts.position != position { try await sync(replica) }
        return (replica, ZoneRules.ofSpace(facts.timeZone))
    }

    /// Saves, and takes it to the hub.
    func save(_ body: @Sendable (Replica, ZoneRules) throws -> Void) async throws {
        let (replica, zone) = try await current()
        try body(replica, zone)
        do { try await sync(replica) } catch { throw DeskFault.notDelivered }
    }

    /// What the hub's log holds of a record, checked, the oldest first. Searches the whole log.
    func entries(of key: RecordKey) async throws -> [(batch: SealedBatch, leaf: Leaf)] {
        let replica = try await current().replica
        return try await HubHistory.fetch(key, for: replica, transport: transport)
    }

    private func sync(_ replica: Replica) async throws {
        let report = try await SyncDriver(
            replica: replica, transport: transport, program: "sync-hub"
        ).run()
        position = report.position
    }

    /// The desk's own device, also before it is opened; nil before it was first needed.
    func device() -> DeviceID? {
        (try? replica?.deviceID()) ?? (try? KeyFile.read(keyPath))?.key.publicKey.deviceID
    }

    private var path: String { folder + "/desk.sqlite" }
    private var keyPath: String { KeyFile.path(forReplica: path) }

    /// Opens the replica, or makes it. Everything in it is at the hub: one that cannot be opened is
    /// put aside.
    private func openFile() throws -> Replica {
        guard FilePresence.exists(path) else {
            // A key without its replica signs for nothing any more.
            try putAside([keyPath])
            return try Replica.create(path: path, name: Self.name, environment: environment)
        }
        do {
            let opened = try Replica(path: path, environment: environment)
            if opened.hasKey { return opened }
            try opened.close()
        } catch let error as StoreError
            where [.corrupt, .notAReplica, .cannotOpen].contains(error.kind)
        {}
        try putAside([path, path + "-wal", path + "-shm", keyPath])
        return try Replica.create(path: path, name: Self.name, environment: environment)
    }

    private func putAside(_ paths: [String]) throws {
        let mark = environment.nowMilliseconds()
        for path in paths where FilePresence.exists(path) {
            try PlainFile.move(path, to: "\(path).aside-\(mark)")
        }
    }

    private var transport: ServiceTransport { ServiceTransport(service) }

    /// Opened once, whoever asks first.
    private var opening: Task<Replica, any Error>?

    private func opened() async throws -> Replica {
        if let replica { return replica }
        let task = opening ?? Task { try await open() }
        opening = task
        defer { opening = nil }
        return try await task.value
    }

    private func open() async throws -> Replica {
        let opened = try openFile()
        if try opened.membership() == nil || opened.token == nil {
            let invite = try store.invite(
                name: Self.name, role: .operator,
                expires: environment.nowMilliseconds() + 600_000, url: nil)
            try await HubEnrolment.join(opened, invite: invite, transport: transport)
        }
        replica = opened
        return opened
    }
}

/// Hands requests to the hub in this process.
private final class ServiceTransport: HubTransport {
    private let service: HubService

    init(_ service: HubService) { self.service = service }

    var traffic: Traffic { Traffic() }

    func send(_ request: WireRequest) async throws -> WireAnswer { service.answer(request) }
}
