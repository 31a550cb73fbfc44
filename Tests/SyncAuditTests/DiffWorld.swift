import Foundation
import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import Synchronization
import TestSupport

@testable import SyncAudit

/// A real hub and two real replicas on real files, joined without a socket.
final class DiffWorld: Sendable {
    static let start: Int64 = 1_767_225_600_000

    let folder = TestFolder()
    let store: SQLHubStore
    let service: HubService
    let a: Replica
    let b: Replica
    let key = RecordKey("stops", RecordID(high: 7, low: 1))

    init(role: Role = .lead) async throws {
        let wall = WallTime()
        time = wall
        let environment = Environment(
            nowMilliseconds: { wall.milliseconds }, randomBytes: Environment.system.randomBytes)
        let skewed = Environment(
            nowMilliseconds: { wall.milliseconds + wall.skewOfA },
            randomBytes: Environment.system.randomBytes)
        let hub = HubFolder(folder.file("hub"))
        try hub.create(
            .init(
                name: "space", timeZone: "Asia/Shanghai", operatorCollections: ["points"],
                url: "http://127.0.0.1:1"), environment: environment
        ).close()
        let (store, key) = try hub.open(environment: environment)
        self.store = store
        service = HubService(store: store, environment: environment)
        a = try Replica.create(path: folder.file("a.sqlite"), name: "a", environment: skewed)
        b = try Replica.create(path: folder.file("b.sqlite"), name: "b", environment: environment)
        for replica in [a, b] {
            let invite = try store.invite(
                name: "lead", role: role, expires: wall.milliseconds + 86_400_000, url: nil)
            try await HubEnrolment.join(replica, invite: invite, transport: transport())
        }
    }

    /// The wall clock of the world, and how far A's is off.
    let time: WallTime

    func transport() -> ServiceTransport { ServiceTransport(service) }

    func sync(_ replicas: Replica...) async throws {
        for replica in replicas {
            time.advance(1_000)
            _ = try await SyncDriver(replica: replica, transport: transport()).run()
        }
    }

    @discardableResult
    func set(
        _ replica: Replica, _ values: [String: Value], of key: RecordKey? = nil
    ) throws -> SavedRecord {
        time.advance(1_000)
        return try replica.save([Edit(key ?? self.key, .set(values))])[0]
    }

    /// The hub, with its key, on a copy of its file that was altered by SQL.
    func lyingService(_ sql: String) throws -> HubService {
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: folder.file("lying"), withIntermediateDirectories: true)
        try folder.copyStore("hub/hub.sqlite", to: "lying/hub.sqlite")
        try manager.copyItem(
            atPath: folder.file("hub/hub.key"), toPath: folder.file("lying/hub.key"))
        let file = try StoreFile(
            path: folder.file("lying/hub.sqlite"), purpose: .hub, tables: HubTables.versions)
        try file.write { try $0.execute(sql) }
        try file.close()
        let (store, key) = try HubFolder(folder.file("lying")).open(environment: .system)
        return HubService(store: store, environment: .system)
    }

    /// Compares copies of the files as they are now, the logs with them.
    func diff(
        _ first: String = "a.sqlite", _ second: String = "b.sqlite", scope: DiffScope = DiffScope()
    ) async throws -> DiffResult {
        try await ReplicaDiff.run(
            .file(AuditFile(folder.file(first))), .file(AuditFile(folder.file(second))),
            scope: scope, environment: .system)
    }

    /// A copy of a file, altered by SQL.
    func altered(_ name: String, as copy: String, _ sql: String...) throws {
        try folder.copyStore(name, to: copy)
        let file = try StoreFile(
            path: folder.file(copy), purpose: .replica, tables: ReplicaTables.versions)
        try file.write { store in for statement in sql { try store.execute(statement) } }
        try file.close()
    }
}

/// A clock that a test moves.
final class WallTime: Sendable {
    private let state = Mutex<(now: Int64, skewOfA: Int64)>((DiffWorld.start, 0))

    var milliseconds: Int64 { state.withLock { $0.now } }
    var skewOfA: Int64 { state.withLock { $0.skewOfA } }

    func advance(_ milliseconds: Int64) { state.withLock { $0.now += milliseconds } }
    func skewA(by milliseconds: Int64) { state.withLock { $0.skewOfA = milliseconds } }
}

/// Carries requests to a hub's service, and counts the bytes.
final class ServiceTransport: HubTransport {
    private let service: HubService
    private let state = Mutex(Traffic())
    /// What a test does to answers on their way.
    private let tampering: (@Sendable (WireRequest, WireAnswer) -> WireAnswer)?

    init(
        _ service: HubService,
        tampering: (@Sendable (WireRequest, WireAnswer) -> WireAnswer)? = nil
    ) {
        self.service = service
        self.tampering = tampering
    }

    var traffic: Traffic { state.withLock { $0 } }

    func send(_ request: WireRequest) async throws -> WireAnswer {
        let honest = service.answer(request)
        let answer = tampering?(request, honest) ?? honest
        state.withLock { traffic in
            traffic.sent += request.body.count
            traffic.received += answer.body.count
            traffic.roundTrips += 1
        }
        return answer
    }
}
