public import SyncCore
public import SyncProtocol
public import SyncStore
import Synchronization

/// A hub's store in a SQL database: one SQLite file in the hub's data folder, unless told otherwise.
public final class SQLHubStore: HubStore {
    /// A device's last visit is written at most this often, in milliseconds: an idle pull should
    /// not cost the disk a write.
    static let seenIntervalMilliseconds: Int64 = 60_000

    package let file: any StoreDatabase
    /// The file, where the store is one.
    package var sqlite: StoreFile? { unguarded as? StoreFile }
    /// The database whether the hub is there or not: only for a move.
    package let unguarded: any StoreDatabase
    let ring: HubKeyRing
    let environment: Environment
    /// What each device may deliver in a day.
    let quotaInUse = Mutex(DeliveryQuota())
    /// The size of the journal as of the last page that each device was given by this process: for
    /// people alone, and so not kept.
    private let held = Mutex<[DeviceID: Int64]>([:])

    /// - Throws: `StoreError`.
    public convenience init(path: String, key: SigningKey, environment: Environment) throws {
        try self.init(path: path, key: key, place: nil, environment: environment)
    }

    convenience init(
        path: String, key: SigningKey, place: (any HubKeyPlace)?, environment: Environment
    ) throws {
        let file = try StoreFile(
            path: path, purpose: .hub, tables: HubTables.versions, concurrentReads: true)
        try self.init(database: file, key: key, place: place, environment: environment)
    }

    /// - Parameters:
    ///   - database: has the tables of `HubTables`.
    ///   - place: where the key lies; nil for one that cannot be replaced.
    /// - Throws: `StoreError`.
    package init(
        database: any StoreDatabase, key: SigningKey, place: (any HubKeyPlace)? = nil,
        environment: Environment
    ) throws {
        file = HubDatabase(base: database)
        unguarded = database
        ring = HubKeyRing(key, place: place)
        self.environment = environment
        if try file.read({ try MetaTable($0).integer(HubKey.accessSealed) }) != 1 {
            try database.write { try AccessSeal.sealAll($0, ring.current($0)) }
        }
    }

    public func close() throws { try file.close() }

    public func proveWriting() throws {
        try file.write { store in
            guard !store.isRemote else {
                return try store.execute(
                    "UPDATE meta SET value = value WHERE key = '\(HubKey.epoch)'")
            }
            // SQLite leaves a page alone whose row gets the value that it has; not so the header's.
            // A newer program may have raised it meanwhile.
            let version = try store.integer("PRAGMA user_version")
            try store.execute("PRAGMA user_version = \(version)")
        }
    }

    public func facts() throws -> HubFacts { try file.read { try facts($0) } }

    private func facts(_ store: StoreConnection) throws -> HubFacts {
        let meta = MetaTable(store)
        try ring.current(store)
        guard let hub = try identity(store),
            let epoch = try meta.blob(HubKey.epoch).flatMap({ EpochID(bytes: $0) }),
            let record = try SpaceRecord(RecordTable(store), hub.space)
        else { throw StoreError(.notAReplica, path: file.path, detail: "no space") }
        return HubFacts(
            hub: hub, name: record.name, timeZone: record.timeZone, epoch: epoch,
            position: try JournalTable(store).size(),
            lastReceivedAt: try meta.integer(HubKey.lastReceivedAt) ?? 0,
            split: try meta.blob(HubKey.split).flatMap { try? SignedHead(encoded: $0) })
    }

    public func device(tokenHash: Hash256) throws -> EnrolledDevice? {
        try file.read { try device(tokenHash, $0) }
    }

    private func device(
        _ tokenHash: Hash256, _ store: StoreConnection
    ) throws -> EnrolledDevice? {
        // What is signed for the device comes after this.
        try ring.current(store)
        var id: DeviceID?
        try store.each("SELECT device FROM tokens WHERE hash = ?", .blob(tokenHash.bytes)) {
            id = DeviceID(bytes: $0.bytes(0))
        }
        return try id.flatMap { try EnrolledDevice($0, in: RecordTable(store)) }
    }

    public func admission(tokenHash: Hash256) throws -> (device: EnrolledDevice?, facts: HubFacts) {
        try file.read { (try device(tokenHash, $0), try facts($0)) }
    }

    public func append(_ pushes: [PushRequest]) -> [Result<Receipt, any Error>] {
        do {
            return try file.write { store in
                if store.isRemote { try prefetch(pushes, store) }
                guard pushes.count > 1 else { return [.success(try append(pushes[0], store))] }
                return try pushes.map { push in try appendWithin(store, push) }
            }
        } catch {
            guard pushes.count > 1 else { return [.failure(error)] }
            // A database that is away is so for all: none waits for it once more.
            if (error as? StoreError)?.kind == .locked || error is WireError {
                return pushes.map { _ in .failure(error) }
            }
            // What failed for one (a damaged row, a batch too large for the disk) must not fail
            // for the others.
            return pushes.map { append([$0])[0] }
        }
    }

    /// Reads together what a group of pushes will ask for one by one.
    private func prefetch(_ pushes: [PushRequest], _ store: StoreConnection) throws {
        let records = RecordTable(store)
        let devices = Set(pushes.map(\.batch.device))
        try records.prefetch(
            devices.map { RecordKey(HubCollection.devices, $0) }
                + pushes.lazy.map(\.batch).flatMap { batch in
                    (0..<min(batch.count, Self.keysAhead)).map { batch.key($0) }
                })
        try records.peers.prefetch(devices)
        try WriterTable(store).prefetch(
            devices.compactMap { try records.peers.existingNumber(of: $0) })
    }

    /// Of one batch of a group: what is larger fetches its own.
    private static let keysAhead = 32

    /// Takes one batch of several: what a client did wrong undoes this one only.
    private func appendWithin(
        _ store: StoreConnection, _ push: PushRequest
    ) throws -> Result<Receipt, any Error> {
        try store.execute("SAVEPOINT push")
        do {
            let receipt = try append(push, store)
            try store.execute("RELEASE push")
            return .success(receipt)
        } catch let error as WireError {
            try store.execute("ROLLBACK TO push")
            try store.execute("RELEASE push")
            return .failure(error)
        }
    }

    private func append(_ push: PushRequest, _ store: StoreConnection) throws -> Receipt {
        let now = environment.nowMilliseconds()
        let batch = push.batch
        let writer = try JournalWriter(store, key: ring.current(store), now: now)
        // Again, in this transaction: the device may have been revoked meanwhile.
        guard let device = try EnrolledDevice(batch.device, in: writer.records) else {
            throw WireError.deviceUnknown(batch.device)
        }
        guard !device.isRevoked else { throw WireError.revoked(device.id) }
        let receipt = try writer.append(push, role: device.ruledRole) {
            // What comes back after a restore was counted when it came first.
            if push.earlier == nil { try countDelivery(of: batch, at: now, store) }
        }
        try Self.setSeen(batch.device, now, store)
        return receipt
    }

    /// What this process knows of how far a device has pulled.
    func holding(_ device: DeviceID) -> Int64? { held.withLock { $0[device] } }

    public func noteSeen(_ device: DeviceID, _ visit: DeviceVisit) throws {
        if let size = visit.size { held.withLock { $0[device] = size } }
        let now = environment.nowMilliseconds()
        let known = try file.read { try Self.seen(device, $0) }
        let isNews =
            visit.program.map { $0 != known.visit.program } ?? false
            || visit.url.map { $0 != known.visit.url } ?? false
            || visit.clockDifference != nil && known.visit.clockDifference == nil
        guard abs(now - known.at) > Self.seenIntervalMilliseconds || isNews else { return }
        try file.write { store in
            try Self.setSeen(device, now, store)
            try store.run(
                "UPDATE seen SET clock = coalesce(?, clock), program = coalesce(?, program), "
                    + "url = coalesce(?, url) WHERE device = ?",
                visit.clockDifference.map { .integer($0) } ?? .null,
                visit.program.map { .text($0) } ?? .null, visit.url.map { .text($0) } ?? .null,
                .blob(device.bytes))
        }
    }

    /// When a device was here last (0: never), and what it said of itself.
    static func seen(
        _ device: DeviceID, _ store: StoreConnection
    ) throws -> (at: Int64, visit: DeviceVisit) {
        var (at, visit) = (Int64(0), DeviceVisit())
        try store.each(
            "SELECT at, clock, program, url FROM seen WHERE device = ?", .blob(device.bytes)
        ) { row in
            at = row.integer(0)
            visit.clockDifference = row.isNull(1) ? nil : row.integer(1)
            visit.program = row.isNull(2) ? nil : row.text(2)
            visit.url = row.isNull(3) ? nil : row.text(3)
        }
        return (at, visit)
    }

    private static func setSeen(_ device: DeviceID, _ now: Int64, _ store: StoreConnection) throws {
        try store.run(
            "INSERT INTO seen(device, at) VALUES(?, ?) ON CONFLICT(device) "
                + "DO UPDATE SET at = excluded.at", .blob(device.bytes),
            .integer(now))
    }
}
