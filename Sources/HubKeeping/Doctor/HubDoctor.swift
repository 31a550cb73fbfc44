public import SyncCore
public import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore

/// Looks a hub over, as an operator would. May run while the hub is served; writes nothing.
public struct HubDoctor: Sendable {
    private let folder: HubFolder
    private let environment: Environment

    public init(_ folder: HubFolder, environment: Environment) {
        self.folder = folder
        self.environment = environment
    }

    /// - Throws: `HubFolderFault` where there is no hub; `StoreError` for a file that cannot be
    ///   opened at all.
    public func examine() throws -> [HubFinding] {
        guard FilePresence.exists(folder.storePath) else {
            throw HubFolderFault.missing(path: folder.path)
        }
        guard !FilePresence.exists(folder.path + "/" + HubFolder.followerKeyName) else {
            throw HubFolderFault.follower(path: folder.path)
        }
        let newest = HubTables.versions.count
        // One of a newer version is to be told of, not refused.
        let file = try StoreFile(
            reading: folder.storePath, isImmutable: false, versions: [.hub: .max])
        let problems = try Self.fileProblems(file)
        guard problems.isEmpty else { return [.file(problems: problems)] }
        let version = try file.read { try $0.integer("PRAGMA user_version") }
        let schema = HubFinding.schema(version: version, newest: Int64(newest))
        guard version <= Int64(newest) else { return [.file(problems: []), schema] }
        return try file.read { store in
            [.file(problems: [])] + (try checks(store)) + [schema]
        }
    }

    private func checks(_ store: StoreConnection) throws -> [HubFinding] {
        let free = PlainFile.freeBytes(at: folder.path)
        let data = PlainFile.size(folder.storePath) + PlainFile.size(folder.storePath + "-wal")
        let desk = try? KeyFile.read(folder.path + "/desk.key")?.key.publicKey.deviceID
        return try HubContent(store, now: environment.nowMilliseconds(), desk: desk).checks()
            + [.disk(free: free, data: data), key(MetaTable(store))]
    }

    private static func fileProblems(_ file: StoreFile) throws -> [String] {
        do {
            return try file.read { store in
                var lines: [String] = []
                try store.each("PRAGMA quick_check(10)") { lines.append($0.text(0)) }
                return lines == ["ok"] ? [] : lines
            }
        } catch let error as StoreError where error.kind == .corrupt {
            return [error.detail]
        }
    }

    private func key(_ meta: MetaTable) throws -> HubFinding {
        guard let content = try SecretFile.read(folder.keyPath) else {
            return .key(mode: nil, fits: false)
        }
        let known = try meta.blob(HubKey.publicKey)
        let fits = HubFolder.key(inFile: content)?.publicKey.bytes == known
        return .key(mode: PlainFile.mode(folder.keyPath), fits: fits)
    }
}

extension HubDoctor {
    /// Looks over a hub in another database than a folder's file, which has tools of its own for
    /// what lies below the tables.
    ///
    /// - Throws: `StoreError`.
    public static func examine(
        _ store: SQLHubStore, environment: Environment
    ) throws -> [HubFinding] {
        let checks = try store.file.read {
            try HubContent($0, now: environment.nowMilliseconds()).checks()
        }
        let isWritable: Bool
        do {
            try store.file.write { _ in }
            isWritable = true
        } catch let error as StoreError where error.kind == .readOnly { isWritable = false }
        return [.database(place: store.file.path, isWritable: isWritable)] + checks
    }
}

/// What a hub's tables tell, wherever they are.
private struct HubContent {
    private let store: StoreConnection
    private let meta: MetaTable
    private let now: Int64
    /// The page's own device, which comes when somebody looks.
    private let desk: DeviceID?

    init(_ store: StoreConnection, now: Int64, desk: DeviceID? = nil) {
        self.store = store
        meta = MetaTable(store)
        self.now = now
        self.desk = desk
    }

    func checks() throws -> [HubFinding] {
        let last = try meta.integer(HubKey.lastReceivedAt) ?? 0
        let tail = try JournalTail(store)
        return try [
            tail.check(), tail.checkDigest(), .clock(ahead: last - now), tail.deviceClocks(),
            backup(tail), unseen(),
            .split(try meta.blob(HubKey.split).flatMap { try? SignedHead(encoded: $0) }),
        ]
    }

    private func backup(_ tail: JournalTail) throws -> HubFinding {
        let position = try meta.integer(HubKey.backedUp) ?? 0
        let age = try meta.integer(HubKey.backedUpAt).map { max(0, now - $0) }
        return .backup(position: position, behind: max(0, tail.size - position), age: age)
    }

    private func unseen() throws -> HubFinding {
        let limit = now - HealthLimits.unseenDays * HealthLimits.dayMilliseconds
        var names: [String] = []
        try RecordTable(store).each(collection: HubCollection.devices) { record in
            guard let device = EnrolledDevice(try record.state()), !device.isRevoked,
                device.role != Role.hub.rawValue
            else { return }
            let seen = try store.integer(
                "SELECT coalesce(max(at), 0) FROM seen WHERE device = ?", .blob(device.id.bytes))
            if seen < limit, device.id != desk { names.append(device.name) }
        }
        return .unseen(names: names)
    }
}
