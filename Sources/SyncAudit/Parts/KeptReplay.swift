// A verification that can be cut and goes on where it was.
//
// Problem: the replay of a large journal takes long, and an auditor's machine is closed, or loses
// power; and next month most of the work would be done again.
// Idea: the replay's tables lie in a file of the auditor's own. Every few thousand entries a
// transaction commits them with all that the pass knows, so that a later run begins there. Only
// what was found good is kept: with the first problem nothing more is written, and the rest is
// verified in a transaction that is rolled back.

import SyncCore
import SyncProtocol
import SyncStore

/// The file in which a verification keeps its replay.
final class KeptReplay {
    let path: String
    let file: StoreFile

    /// Entries between two commits.
    static let entriesPerCommit: Int64 = 2_000

    private static let versions: [[String]] = {
        var versions = [HubTables.versions.flatMap(\.self)]
        versions[0] += [
            // One row: what the pass knows, as numbers and bytes by name.
            "CREATE TABLE pass(name TEXT PRIMARY KEY, value) WITHOUT ROWID",
            "CREATE TABLE pass_chains(device BLOB PRIMARY KEY, number INTEGER, hash BLOB)",
            "CREATE TABLE pass_epochs(place INTEGER PRIMARY KEY, epoch BLOB, last INTEGER)",
            "CREATE TABLE pass_vouched(collection TEXT, id BLOB, field TEXT, stamp TEXT)",
        ]
        return versions
    }()

    /// Opens or makes the file.
    ///
    /// - Throws: `StoreError`.
    init(_ path: String) throws {
        self.path = path
        try SecretFile.prepare(path)
        file = try StoreFile(path: path, purpose: .replay, tables: Self.versions)
    }

    /// Whose log was replayed; nil in a new file.
    func hub() throws -> HubIdentity? {
        try file.read { store in
            guard let key = try Self.blob("hub", store).flatMap({ PublicKey(bytes: $0) }),
                let space = try Self.blob("space", store).flatMap({ SpaceID(bytes: $0) })
            else { return nil }
            let succession = try Self.blob("succession", store)
                .flatMap { try? KeySuccession(encoded: $0) }
            return HubIdentity(key: key, space: space, succession: succession ?? .none)
        }
    }

    /// The tree at the kept end.
    func tree() throws -> GrowingTree { try file.read { try Self.start($0).tree } }

    /// Forgets everything: what was kept is not of the log.
    func clear() throws {
        try file.write { store in
            var names: [String] = []
            try store.each(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            ) { names.append($0.text(0)) }
            for name in names { try store.execute("DELETE FROM \"\(name)\"") }
        }
    }

    // MARK: What a pass knows

    private static var counts: [(String, ReferenceWritableKeyPath<JournalPass, Int64>)] {
        [
            ("batches", \.batches), ("changes", \.changes), ("quarantined", \.quarantined),
            ("suspect", \.suspect), ("heads", \.heads), ("reoffered", \.reoffered),
            ("adopting", \.adopting), ("repeats", \.repeats),
        ]
    }

    /// What the next pass begins with.
    static func start(_ store: StoreConnection) throws -> JournalStart {
        var start = JournalStart()
        let size = try integer("size", store)
        let peaks = try blob("peaks", store) ?? []
        start.tree = GrowingTree(
            size: size,
            peaks: stride(from: 0, to: peaks.count, by: Hash256.byteCount).compactMap {
                Hash256(bytes: peaks[$0..<min($0 + Hash256.byteCount, peaks.count)])
            })
        start.lastReceivedAt = try integer("received_at", store)
        start.lastHead = try blob("head", store).flatMap { SignedHead.canonical($0) }
        try store.each("SELECT device, number, hash FROM pass_chains") { row in
            guard let device = DeviceID(bytes: row.bytes(0)),
                let hash = Hash256(bytes: row.bytes(2))
            else { return }
            start.chains.note(device, number: row.integer(1), hash: hash)
        }
        try store.each("SELECT epoch, last FROM pass_epochs ORDER BY place") { row in
            guard let epoch = EpochID(bytes: row.bytes(0)) else { return }
            start.epochs.append((epoch, row.integer(1)))
        }
        return start
    }

    /// Puts the counts of the earlier entries into a pass.
    static func loadCounts(_ pass: JournalPass, _ store: StoreConnection) throws {
        for (name, path) in counts { pass[keyPath: path] = try integer(name, store) }
        try store.each("SELECT collection, id, field, stamp FROM pass_vouched") { row in
            guard let id = RecordID(bytes: row.bytes(1)), let stamp = Stamp(row.text(3)) else {
                return
            }
            pass.replay.vouch(RecordKey(row.text(0), id), row.text(2), stamp)
        }
    }

    /// Writes what a pass knows.
    static func save(_ pass: JournalPass, _ store: StoreConnection) throws {
        func set(_ name: String, _ value: StoreValue) throws {
            try store.run("INSERT OR REPLACE INTO pass VALUES(?, ?)", .text(name), value)
        }
        try set("hub", .blob(pass.hub.key.bytes))
        if !pass.hub.succession.isEmpty {
            try set("succession", .blob(pass.hub.succession.encoded))
        }
        try set("space", .blob(pass.hub.space.bytes))
        try set("size", .integer(pass.tree.size))
        try set("peaks", .blob(pass.tree.peaks.flatMap(\.bytes)))
        try set("received_at", .integer(pass.lastReceivedAt))
        if let head = pass.lastHead { try set("head", .blob(head.encoded)) }
        for (name, path) in counts { try set(name, .integer(pass[keyPath: path])) }
        for (device, number, hash) in pass.chains.all {
            try store.run(
                "INSERT OR REPLACE INTO pass_chains VALUES(?, ?, ?)", .blob(device.bytes),
                .integer(number), .blob(hash.bytes))
        }
        for (place, epoch) in pass.epochs.enumerated() {
            try store.run(
                "INSERT OR REPLACE INTO pass_epochs VALUES(?, ?, ?)", .integer(Int64(place)),
                .blob(epoch.epoch.bytes), .integer(epoch.last))
        }
        try store.run("DELETE FROM pass_vouched")
        for (key, field, stamp) in pass.replay.vouched.all {
            try store.run(
                "INSERT INTO pass_vouched VALUES(?, ?, ?, ?)", .text(key.collection),
                .blob(key.id.bytes), .text(field), .text(stamp.text))
        }
    }

    private static func integer(_ name: String, _ store: StoreConnection) throws -> Int64 {
        try store.integer("SELECT value FROM pass WHERE name = ?", .text(name))
    }

    private static func blob(_ name: String, _ store: StoreConnection) throws -> [UInt8]? {
        var bytes: [UInt8]?
        try store.each("SELECT value FROM pass WHERE name = ?", .text(name)) {
            bytes = $0.array(0)
        }
        return bytes
    }
}

/// Ends a transaction without keeping what it wrote.
struct NotKept: Error {}
