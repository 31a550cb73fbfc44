import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport

@testable import FieldSync

/// What is bought: the example of the documentation.
struct Item: SyncedRecord, Equatable {
    enum Shop: String, Codable { case market, bakery }

    static let collection = "items"
    var name: String
    var amount = 1
    var isBought = false
    var shop: Shop?
    var price: Double?
}

/// A hub in this process, and devices at it.
struct ListWorld {
    let folder = TestFolder()
    let service: HubService
    private let store: SQLHubStore

    init() throws {
        store = try HubFolder(folder.file("hub")).create(
            .init(name: "list", timeZone: "UTC", operatorCollections: [], url: nil),
            environment: .system)
        service = HubService(store: store, environment: .system)
    }

    func replica(_ name: String) throws -> FieldSync.Replica {
        try FieldSync.Replica(at: folder.file("\(name).sqlite"), name: name)
    }

    /// A replica that has joined.
    func joined(_ name: String) async throws -> FieldSync.Replica {
        let replica = try replica(name)
        let invite = try store.invite(
            name: name, role: .lead, expires: Environment.system.nowMilliseconds() + 3_600_000,
            url: "http://127.0.0.1:1")
        try await HubEnrolment.join(replica.engine, invite: invite, transport: Carrier(service))
        return replica
    }

    func sync(_ replicas: FieldSync.Replica...) async throws {
        for replica in replicas { try await replica.sync(over: Carrier(service)) }
    }

    /// Carries requests to the hub of this process.
    struct Carrier: HubTransport {
        let service: HubService

        init(_ service: HubService) { self.service = service }

        var traffic: Traffic { Traffic() }

        func send(_ request: WireRequest) async throws -> WireAnswer { service.answer(request) }
    }
}
