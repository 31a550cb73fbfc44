import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import Synchronization

/// A real hub on real files, without a socket.
final class BenchHub: Sendable {
    let store: SQLHubStore
    let service: HubService
    let folder: String

    /// Changes and bytes that a device may deliver in a day: as many as there are.
    static let quota = 1 << 50

    convenience init(folder: String) throws {
        let made = try HubFolder(folder).create(
            .init(
                name: "bench", timeZone: "Asia/Shanghai", operatorCollections: ["points"],
                url: "http://127.0.0.1:1"), environment: .system)
        try made.close()
        try self.init(opening: folder)
    }

    /// A hub that is there already.
    init(opening folder: String) throws {
        self.folder = folder
        let hub = HubFolder(folder)
        let (store, key) = try hub.open(environment: .system)
        store.use(DeliveryQuota(changes: Self.quota, bytes: Self.quota))
        self.store = store
        service = HubService(store: store, environment: .system)
    }

    func invite(_ name: String, url: String? = nil) throws -> Invite {
        let expires = Environment.system.nowMilliseconds() + 86_400_000
        return try store.invite(name: name, role: .lead, expires: expires, url: url)
    }

    /// A device that has joined and holds `rows` unsent.
    func device(_ path: String, name: String, rows: [StopRow]) async throws -> Replica {
        let replica = try Replica.create(path: path, name: name, environment: .system)
        try await HubEnrolment.join(
            replica, invite: invite(name), transport: DirectTransport(service))
        try BenchDevice.save(rows, in: replica)
        return replica
    }

    func sync(_ replica: Replica) async throws -> SyncReport {
        try await SyncDriver(replica: replica, transport: DirectTransport(service)).run()
    }
}

enum BenchDevice {
    /// Rows of one save: one transaction.
    static let rowsPerSave = 5_000

    static func save(_ rows: [StopRow], in replica: Replica) throws {
        for edits in saves(of: rows) { try replica.save(edits) }
    }

    /// What is asked for, one save after the other, each made when it comes to it.
    static func saves(of rows: [StopRow]) -> some Sequence<[Edit]> {
        stride(from: 0, to: rows.count, by: rowsPerSave).lazy.map { start in
            rows[start..<min(start + rowsPerSave, rows.count)].map {
                Edit($0.key, .create($0.values))
            }
        }
    }

    /// The batches that a push would send, as bodies.
    static func sealedBodies(_ replica: Replica) throws -> [[UInt8]] {
        let mark = try replica.beginSession().mark
        var bodies: [[UInt8]] = []
        while let number = try replica.sealNext(upTo: mark) {
            bodies.append(try replica.batch(number).envelope)
        }
        return bodies
    }
}

/// Hands requests to a hub in this process.
final class DirectTransport: HubTransport {
    private let service: HubService
    private let counted = Mutex(Traffic())

    init(_ service: HubService) {
        self.service = service
    }

    var traffic: Traffic { counted.withLock { $0 } }

    func send(_ request: WireRequest) async throws -> WireAnswer {
        let answer = service.answer(request)
        counted.withLock {
            $0.roundTrips += 1
            $0.sent += request.body.count
            $0.received += answer.body.count
        }
        return answer
    }
}
