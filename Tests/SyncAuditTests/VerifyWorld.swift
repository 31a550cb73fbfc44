import Foundation
import Gzip
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import Synchronization
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub

/// A hub and devices of the real engine in process, with one of each thing that a log may hold.
final class VerifyWorld: @unchecked Sendable {
    // Guard: a world runs on one task; nothing here is touched from two.
    static let minute: Int64 = 60_000
    static let year: Int64 = 365 * 86_400_000

    let folder = TestFolder()
    let clock = WorldClock()
    private(set) var store: SQLHubStore
    private(set) var service: HubService
    let hubKey: SigningKey
    private(set) var replicas: [String: Replica] = [:]

    var hubPath: String { folder.file("hub") }

    /// Makes the hub's store in another database than a file.
    typealias StoreMaking = (SQLHubStore.SpacePlan, Environment) throws -> (
        store: SQLHubStore, key: SigningKey
    )

    init(seed: UInt64 = 1, store make: StoreMaking? = nil) throws {
        let environment = clock.environment(seed: seed)
        let hub = HubFolder(folder.file("hub"))
        let plan = SQLHubStore.SpacePlan(
            name: "南大街", timeZone: "Asia/Shanghai", operatorCollections: ["points"],
            url: "http://127.0.0.1:1")
        if let make {
            let made = try make(plan, environment)
            (store, hubKey) = (made.store, made.key)
            service = HubService(store: store, environment: environment)
            return
        }
        try hub.create(plan, environment: environment).close()
        let opened = try hub.open(environment: environment)
        (store, hubKey) = (opened.store, opened.key)
        service = HubService(store: opened.store, environment: environment)
    }

    // MARK: People

    func join(_ name: String, role: Role = .lead) async throws {
        let replica = try Replica.create(
            path: folder.file("\(name).sqlite"), name: name,
            environment: clock.environment(seed: UInt64(name.utf8.first ?? 0), device: name))
        replicas[name] = replica
        let invite = try store.invite(
            name: name, role: role, expires: clock.now + Self.year, url: nil)
        try await HubEnrolment.join(replica, invite: invite, transport: transport)
    }

    /// Opens a replica's file that is there.
    func open(_ name: String) throws {
        replicas[name] = try Replica(
            path: folder.file("\(name).sqlite"),
            environment: clock.environment(
                seed: UInt64(name.utf8.first ?? 0) &+ 77, device: name))
    }

    var transport: WorldTransport {
        let service = service
        return WorldTransport { request in
            guard HubService.isOfLog(request.path) else { return service.answer(request) }
            let file = try? service.logFile(request.path, token: request.token)
            return WireAnswer(status: file == nil ? 404 : 200, body: file?.content ?? [])
        }
    }

    @discardableResult
    func sync(_ names: String...) async throws -> SyncReport {
        var last: SyncReport?
        for name in names {
            clock.advance(1_000)
            last = try await SyncDriver(replica: replicas[name]!, transport: transport).run()
        }
        return try #require(last)
    }

    @discardableResult
    func set(_ name: String, _ key: RecordKey, _ values: [String: Value]) throws -> SavedRecord {
        clock.advance(1_000)
        return try replicas[name]!.save([Edit(key, .set(values))])[0]
    }

    static func stop(_ low: UInt64) -> RecordKey { RecordKey("stops", .init(high: 9, low: low)) }

    func device(_ name: String) throws -> DeviceID { try replicas[name]!.deviceID() }

    // MARK: The file, by whoever can write it

    /// Ends the hub's process and changes its file with plain SQL.
    func tamper(_ body: (StoreConnection) throws -> Void) throws {
        try store.close()
        let file = try StoreFile(
            path: hubPath + "/hub.sqlite", purpose: .hub, tables: HubTables.versions)
        try file.write(body)
        try file.close()
        try reopen()
    }

    /// Opens the hub's file anew, as a restart does.
    func reopen() throws {
        let environment = clock.environment(seed: 2)
        let opened = try HubFolder(folder.file("hub")).open(environment: environment)
        store = opened.store
        service = HubService(store: opened.store, environment: environment)
    }

    func closeHub() throws { try store.close() }

    /// Goes on with another store of the same hub.
    func take(_ store: SQLHubStore, _ key: SigningKey) {
        self.store = store
        service = HubService(store: store, environment: clock.environment(seed: 2))
    }

    func copyHub(to name: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder.file(name), withIntermediateDirectories: true)
        try folder.copyStore("hub/hub.sqlite", to: "\(name)/hub.sqlite")
    }

    func putBackHub(_ name: String) throws {
        try store.close()
        try folder.copyStore("\(name)/hub.sqlite", to: "hub/hub.sqlite")
        try reopen()
    }

    func verify(
        _ name: String? = nil, against: [String] = [], since: String? = nil,
        kept: String? = nil, hubKey: PublicKey? = nil
    ) throws -> VerifyReport {
        var options = Verifier.Options()
        options.against = against.map { folder.file($0) }
        options.since = since.map { folder.file($0) }
        options.kept = kept.map { folder.file($0) }
        options.hubKey = hubKey
        return try Verifier(options).verify(name.map { folder.file($0) } ?? hubPath)
    }

    /// The whole journal, read before it is tampered with.
    func journal() throws -> [(batch: SealedBatch, leaf: Leaf)] {
        try store.file.read { connection in
            let journal = JournalTable(connection)
            return try (1...journal.size()).map {
                (try journal.batch($0), try journal.receipt($0).leaf)
            }
        }
    }
}

extension VerifyWorld {
    /// By what the hub knows its heads, by position.
    func headIDs() throws -> [(Int64, [UInt8])] {
        try store.file.read { connection in
            var ids: [(Int64, [UInt8])] = []
            try connection.each("SELECT position, head_id FROM journal") {
                ids.append(($0.integer(0), $0.array(1)))
            }
            return ids
        }
    }

    /// Three devices with conflicts (one settled), a quarantined and a suspect change, a deletion,
    /// and a fourth device that was revoked after it wrote.
    static func lived(store: StoreMaking? = nil) async throws -> VerifyWorld {
        let world = try VerifyWorld(store: store)
        for name in ["a", "b", "c"] { try await world.join(name) }
        _ = try world.store.save([
            Edit(RecordKey("points", .init(high: 1, low: 1)), .set(["code": "NDJ-001"]))
        ])
        for low in 1...5 {
            try world.set("a", stop(UInt64(low)), ["note": .text("a\(low)"), "n": 1])
        }
        try await world.sync("a", "b", "c")
        try world.set("a", stop(1), ["note": "from a"])
        try world.set("b", stop(1), ["note": "from b"])
        try world.set("b", stop(2), ["note": "b again"])
        try world.set("c", RecordKey("points", .init(high: 1, low: 9)), ["code": "NDJ-009"])
        world.clock.set("c", year)
        try world.set("c", stop(3), ["note": "from the future"])
        world.clock.set("c", 0)
        try await world.sync("a", "b", "c")
        try await world.join("d")
        try world.set("d", stop(6), ["note": "d was here"])
        try await world.sync("d")
        _ = try world.store.setRevoked(true, device: try world.device("d"))
        try await world.sync("a")
        let conflict = try #require(try world.replicas["a"]!.conflicts().first)
        _ = try world.replicas["a"]!.resolve(conflict, .lost)
        _ = try world.replicas["b"]!.save([Edit(stop(4), .delete)])
        try await world.sync("a", "b", "c")
        try await world.sync("a", "b", "c")
        return world
    }
}

/// The true time of a world, and how far each device's clock is off.
final class WorldClock: Sendable {
    private let state = Mutex<(now: Int64, offsets: [String: Int64])>((1_767_225_600_000, [:]))

    var now: Int64 { state.withLock { $0.now } }
    func advance(_ milliseconds: Int64) { state.withLock { $0.now += milliseconds } }
    func set(_ device: String, _ offset: Int64) { state.withLock { $0.offsets[device] = offset } }

    func environment(seed: UInt64, device: String = "") -> Environment {
        let random = Mutex(SeededGenerator(seed: seed))
        return Environment(
            nowMilliseconds: { self.state.withLock { $0.now + ($0.offsets[device] ?? 0) } },
            randomBytes: { count in
                random.withLock { generator in
                    (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
                }
            })
    }
}

/// The hub without a network.
struct WorldTransport: HubTransport {
    let hub: @Sendable (WireRequest) -> WireAnswer
    var traffic: Traffic { Traffic() }

    func send(_ request: WireRequest) async throws -> WireAnswer { hub(request) }
}
