import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport

@testable import SyncReplica

/// A real replica on real files.
final class SimulatedDevice: @unchecked Sendable {
    // Guard: a world runs on one task; nothing here is touched from two.
    let name: String
    let clock = ClockOffset()
    private(set) var replica: Replica
    private let folder: TestFolder
    private let environment: Environment
    private let time: SimulatedTime
    private var syncCount: UInt64 = 0
    /// Whether the last sync that ended was given an answer that belonged to another call.
    private(set) var gotOldAnswer = false
    private let seed: UInt64

    init(_ name: String, _ time: SimulatedTime, seed: UInt64, folder: TestFolder) throws {
        self.name = name
        self.seed = seed
        self.folder = folder
        self.time = time
        environment = time.environment(seed: seed, clock: clock)
        replica = try Replica.create(
            path: folder.file("\(name).sqlite"), name: name, environment: environment)
    }

    /// Opens files that were copied to this name, key and all.
    private init(copied name: String, _ time: SimulatedTime, seed: UInt64, folder: TestFolder)
        throws
    {
        self.name = name
        self.seed = seed
        self.folder = folder
        self.time = time
        environment = time.environment(seed: seed, clock: clock)
        replica = try Replica(path: folder.file("\(name).sqlite"), environment: environment)
    }

    var id: DeviceID {
        get throws { try replica.deviceID() }
    }

    /// The process ends and another begins on the same files.
    func restart() throws {
        try replica.close()
        replica = try Replica(path: folder.file("\(name).sqlite"), environment: environment)
    }

    /// Puts last week's copy of the file in place of today's; the key file stays as it is.
    func restoreCopy(_ copy: String) throws {
        try replica.close()
        try folder.copyStore(copy, to: "\(name).sqlite")
        replica = try Replica(path: folder.file("\(name).sqlite"), environment: environment)
    }

    func copy(to name: String) throws { try folder.copyStore("\(self.name).sqlite", to: name) }

    /// Another device that was given a copy of this one's files, key and all.
    func twin(_ name: String, seed: UInt64) throws -> SimulatedDevice {
        try folder.copyStore("\(self.name).sqlite", to: "\(name).sqlite")
        try folder.copyStore("\(self.name).key", to: "\(name).key")
        return try SimulatedDevice(copied: name, time, seed: seed, folder: folder)
    }

    func join(_ hub: SimulatedHub, by invite: Invite? = nil) async throws {
        let transport = SimulatedTransport(
            seed: seed, faults: NetworkFaults(), hub: { hub.service.answer($0) })
        try await HubEnrolment.join(
            replica, invite: invite ?? hub.invite(name), transport: transport)
    }

    /// One sync; what the network did to it is thrown.
    ///
    /// - Parameter tamper: what someone with the hub's key makes of an answer.
    @discardableResult
    func sync(
        _ hub: SimulatedHub, faults: NetworkFaults = .init(),
        tamper: @escaping @Sendable (WireRequest, WireAnswer) -> WireAnswer = { $1 },
        meanwhile: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> SyncReport {
        syncCount += 1
        let transport = SimulatedTransport(
            seed: seed &+ syncCount &* 7_919, faults: faults,
            hub: { tamper($0, hub.service.answer($0)) }, meanwhile: meanwhile)
        defer { gotOldAnswer = transport.gaveOldAnswer }
        return try await SyncDriver(replica: replica, transport: transport).run()
    }

    @discardableResult
    func set(
        _ key: RecordKey, _ values: [String: Value], resolves: [RecordID] = []
    ) throws -> SavedRecord {
        try replica.save([Edit(key, .set(values), resolves: resolves)])[0]
    }

    func value(_ key: RecordKey, _ field: String) throws -> Value? {
        try replica.record(key)?.state[field]?.value.value
    }

    /// Every record as canonical bytes, by key.
    func states() throws -> [RecordKey: [UInt8]] {
        var states: [RecordKey: [UInt8]] = [:]
        for collection in try replica.counts().keys {
            try replica.eachRecord(in: collection) { states[$0.key] = $0.state.canonicalBytes }
        }
        return states
    }
}
