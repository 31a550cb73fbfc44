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
    private var zone = ZoneRules.shanghai
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
        if try store.facts().position != position { try await sync(replica) }
        return (replica, zone)
    }

    /// Saves, and takes it to the hub.
    func save(_ body: @Sendable (Replica, ZoneRules) throws -> Void) async throws {
        let (replica, zone) = try await current()
        try body(replica, zone)
        try await sync(replica)
    }

    private func sync(_ replica: Replica) async throws {
        let report = try await SyncDriver(replica: replica, transport: transport).run()
        position = report.position
    }

    private var transport: ServiceTransport { ServiceTransport(service) }

    private func opened() async throws -> Replica {
        if let replica { return replica }
        let path = folder + "/desk.sqlite"
        let opened =
            FilePresence.exists(path)
            ? try Replica(path: path, environment: environment)
            : try Replica.create(path: path, name: Self.name, environment: environment)
        if try opened.membership() == nil || opened.token == nil {
            let invite = try store.invite(
                name: Self.name, role: .operator,
                expires: environment.nowMilliseconds() + 600_000, url: nil)
            try await HubEnrolment.join(opened, invite: invite, transport: transport)
        }
        zone = ZoneRules.system(named: try store.facts().timeZone) ?? .shanghai
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
