public import SyncCore
public import SyncHub
import SyncProtocol
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
        let meta = MetaTable(store)
        let now = environment.nowMilliseconds()
        let last = try meta.integer(HubKey.lastReceivedAt) ?? 0
        let tail = try JournalTail(store)
        let free = PlainFile.freeBytes(at: folder.path)
        let data = PlainFile.size(folder.storePath) + PlainFile.size(folder.storePath + "-wal")
        return try [
            tail.check(), tail.checkDigest(), .clock(ahead: last - now), tail.deviceClocks(),
            .disk(free: free, data: data), key(meta), backup(meta, tail, now: now),
            unseen(store, now: now),
            .split(try meta.blob(HubKey.split).flatMap { try? SignedHead(encoded: $0) }),
        ]
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

    private func backup(
        _ meta: MetaTable, _ tail: JournalTail, now: Int64
    ) throws -> HubFinding {
        let position = try meta.integer(HubKey.backedUp) ?? 0
        let age = try meta.integer(HubKey.backedUpAt).map { max(0, now - $0) }
        return .backup(position: position, behind: max(0, tail.size - position), age: age)
    }

    private func unseen(_ store: StoreConnection, now: Int64) throws -> HubFinding {
        let limit = now - HealthLimits.unseenDays * HealthLimits.dayMilliseconds
        var names: [String] = []
        try RecordTable(store).each(collection: HubCollection.devices) { record in
            guard let device = EnrolledDevice(try record.state()), !device.isRevoked,
                device.role != Role.hub.rawValue
            else { return }
            let seen = try store.integer(
                "SELECT coalesce(max(at), 0) FROM seen WHERE device = ?", .blob(device.id.bytes))
            if seen < limit { names.append(device.name) }
        }
        return .unseen(names: names)
    }
}
