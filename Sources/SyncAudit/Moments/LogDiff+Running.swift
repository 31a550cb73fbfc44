// What changed between two moments of one log.
//
// Problem: a file holds the state of its end only, and what a record was at an earlier moment is
// nowhere but in the log.
// Idea: the log is replayed under the hub's rules to the later moment, as `verify` does it. On the
// way past the earlier one a trigger in the private replay begins to keep each row as it was before
// its first change, and the entries in between note which stamps they brought. Nothing is believed
// that `verify` would not believe; what is wrong with the log is said beside the differences.

public import SyncClient
public import SyncCore
public import SyncProtocol
import SyncStore

extension LogDiff {
    /// Compares two moments of a hub's file.
    ///
    /// - Parameters:
    ///   - hubKey: the hub's, if the auditor knows it: another one's heads are problems.
    /// - Throws: `MomentFault`, `StoreError`.
    public static func run(
        _ file: AuditFile, from a: LogMoment, to b: LogMoment, scope: DiffScope,
        hubKey: PublicKey? = nil
    ) throws -> LogDiff {
        let journal = try FoundJournal(file, key: hubKey)
        let diff = try LogDiffRun(journal, scope).run(a, b)
        try journal.expectUnchanged()
        return diff
    }

    /// Compares two moments of a hub over the network.
    ///
    /// - Throws: as above; `TransportFault`, `ForeignAnswer`, `WireError`, `DiffFault`.
    public static func run(
        address name: String, transport: any HubTransport, access: HubAccess, from a: LogMoment,
        to b: LogMoment, scope: DiffScope, hubKey: PublicKey? = nil, environment: Environment
    ) async throws -> LogDiff {
        let journal = try await FoundJournal(
            address: name, transport: transport, access: access, key: hubKey,
            environment: environment)
        return try LogDiffRun(journal, scope).run(a, b)
    }
}

private struct LogDiffRun {
    let journal: FoundJournal
    let scope: DiffScope
    private let log = ProblemLog()

    init(_ journal: FoundJournal, _ scope: DiffScope) {
        self.journal = journal
        self.scope = scope
    }

    private static let tables = [
        // Rows as they were at the earlier moment, once they are written over.
        "CREATE TABLE earlier(row INTEGER PRIMARY KEY, fields, clock, position)",
        "CREATE TABLE origins(stamp TEXT PRIMARY KEY, position INTEGER) WITHOUT ROWID",
        "CREATE TABLE received(position INTEGER PRIMARY KEY, at INTEGER)",
    ]

    func run(_ a: LogMoment, _ b: LogMoment) throws -> LogDiff {
        let (first, second) = (try position(a), try position(b))
        let (low, high) = (min(first, second), max(first, second))
        let scratch = try StoreFile(temporaryFor: .hub, tables: HubTables.versions)
        return try journal.read { source, isFile in
            try scratch.write { target in
                for statement in Self.tables { try target.execute(statement) }
                let replay = try ReplayStore(
                    target, hub: journal.hub, source: isFile ? source : nil)
                if isFile { try PeerNumbers.copy(from: source, to: target, log) }
                let span = try replayed(source, target, replay, low, high)
                try replay.records.finish()
                for moment in [a, b] { try expect(moment, in: replay) }
                var diff = LogDiff(
                    a: try place(first, target), b: try place(second, target))
                (diff.batches, diff.changes) = (span.batches, span.changes)
                try compare(target, low, isBackwards: first > second, into: &diff)
                try name(replay.records, into: &diff)
                diff.problems = log.problems
                return diff
            }
        }
    }

    private func position(_ moment: LogMoment) throws -> Int64 {
        let size = try journal.size()
        let wanted: Int64 =
            switch moment {
            case .position(let position): position
            case .checkpoint(_, let checkpoint): checkpoint.head.head.size
            case .receivedBefore(let time): try journal.position(receivedBefore: time)
            case .end: size
            }
        guard (0...size).contains(wanted) else {
            throw MomentFault(.beyondTheEnd(size: size), name: journal.name)
        }
        return wanted
    }

    /// A checkpoint says more than a size: the log must be the one that it was taken of.
    private func expect(_ moment: LogMoment, in replay: ReplayStore) throws {
        guard case .checkpoint(let name, let checkpoint) = moment else { return }
        let head = checkpoint.head.head
        guard journal.hub.has(checkpoint.hubKey), head.space == journal.hub.space,
            try replay.root(at: head.size) == head.root
        else { throw MomentFault(.notOfThisLog(checkpoint: name), name: journal.name) }
    }

    /// Replays to `high`, and keeps from `low` on what is written over.
    private func replayed(
        _ source: StoreConnection, _ target: StoreConnection, _ replay: ReplayStore,
        _ low: Int64, _ high: Int64
    ) throws -> (batches: Int64, changes: Int64) {
        let pass = JournalPass(hub: journal.hub, log: log, replay: replay, locate: { _ in nil })
        var before: (batches: Int64, changes: Int64) = (0, 0)
        if low == 0 { try keepEarlier(target) }
        if high > 0 {
            try journal.walk(source, pass, upTo: high, log: log) { checked in
                // What was not applied would be missing on both sides.
                guard checked.isSigned, pass.replayEnd == nil else {
                    throw MomentFault(
                        .notReplayable(after: pass.replayEnd ?? checked.position - 1),
                        name: journal.name)
                }
                if checked.position > low { try note(checked, target) }
                if let at = checked.leaf?.verdict.receivedAt {
                    try target.run(
                        "INSERT OR REPLACE INTO received VALUES(?, ?)",
                        .integer(checked.position), .integer(at))
                }
                if checked.position == low {
                    try keepEarlier(target)
                    before = (pass.batches, pass.changes)
                }
                return checked.position < high
            }
        }
        if pass.last < high {
            throw MomentFault(
                .notReplayable(after: pass.replayEnd ?? pass.last), name: journal.name)
        }
        if let end = pass.replayEnd, end < high {
            throw MomentFault(.notReplayable(after: end), name: journal.name)
        }
        return (pass.batches - before.batches, pass.changes - before.changes)
    }

    private func keepEarlier(_ target: StoreConnection) throws {
        try target.execute(
            """
            CREATE TRIGGER keep_earlier BEFORE UPDATE ON records BEGIN
                INSERT OR IGNORE INTO earlier
                VALUES(old.row, old.fields, old.clock, old.position);
            END
            """)
    }

    private func note(_ checked: CheckedEntry, _ target: StoreConnection) throws {
        guard let batch = checked.batch, let verdict = checked.leaf?.verdict else { return }
        var stamps: Set<Stamp> = []
        for index in 0..<batch.count {
            guard let applied = try batch.appliedStamps(index, verdict) else { continue }
            stamps.formUnion(applied.values)
        }
        for stamp in stamps {
            try target.run(
                "INSERT OR IGNORE INTO origins VALUES(?, ?)", .text(stamp.text),
                .integer(checked.position))
        }
    }

    private func name(_ records: RecordTable, into diff: inout LogDiff) throws {
        try records.each(collection: HubCollection.devices) { found in
            diff.devices[found.key.id] = (try? found.state())?["name"]?.value.value.text
        }
    }

    private func place(_ position: Int64, _ target: StoreConnection) throws -> LogDiff.Place {
        let at = try target.integer(
            "SELECT at FROM received WHERE position = ?", .integer(position))
        return LogDiff.Place(position: position, receivedAt: position == 0 ? nil : at)
    }

    // MARK: Comparison

    /// Rows that moved after the earlier moment, beside what they were then.
    private func compare(
        _ target: StoreConnection, _ low: Int64, isBackwards: Bool, into diff: inout LogDiff
    ) throws {
        let peers = PeerTable(target)
        try target.each(
            """
            SELECT r.collection, r.id, r.fields, r.clock, r.position,
                e.row IS NOT NULL, e.fields, e.clock, e.position
            FROM records AS r LEFT JOIN earlier AS e ON e.row = r.row
            WHERE r.position > ? ORDER BY r.collection, r.id
            """, .integer(low)
        ) { try take($0, peers, target, isBackwards: isBackwards, into: &diff) }
    }

    private func take(
        _ row: StoreStatement, _ peers: PeerTable, _ target: StoreConnection,
        isBackwards: Bool, into diff: inout LogDiff
    ) throws {
        guard scope.collections?.contains(row.text(0)) ?? true,
            let id = RecordID(bytes: row.bytes(1))
        else { return }
        let key = RecordKey(row.text(0), id)
        let before = row.integer(5) == 1 ? try found(key, row, 6, peers) : nil
        let after = try found(key, row, 2, peers)
        if let before, before.isSame(as: after) { return }
        let pair = RecordPair(
            key: after.key, a: isBackwards ? after : before, b: isBackwards ? before : after)
        guard scope.holds(pair) else { return }
        let kind = Self.kind(before?.state, after.state)
        diff.count(kind)
        guard diff.entries.count < scope.recordLimit else { return }
        diff.entries.append(try entry(pair, after, kind, target))
    }

    /// - Parameter first: the column of `fields`; `clock` and `position` come after it.
    private func found(
        _ key: RecordKey, _ row: StoreStatement, _ first: Int32, _ peers: PeerTable
    ) throws -> FoundRecord {
        let clock = try ClockBytes.decode(row.bytes(first + 1), peers: peers)
        return FoundRecord(
            try RecordState(key, fields: row.bytes(first), clock: clock),
            position: row.integer(first + 2))
    }

    private func entry(
        _ pair: RecordPair, _ after: FoundRecord, _ kind: HistoryEvent.Kind,
        _ target: StoreConnection
    ) throws -> LogDiff.Entry {
        let fields = pair.fieldNames.map { name in
            FieldDifference(
                name: name, a: pair.a?.register(name), b: pair.b?.register(name),
                cause: .written)
        }
        var origins: [String: LogDiff.Origin] = [:]
        for field in fields {
            guard let stamp = after.register(field.name)?.stamp else { continue }
            // What the hub lists itself is in no batch of a device: its record moved with one.
            let position = try target.integer(
                "SELECT coalesce((SELECT position FROM origins WHERE stamp = ?), ?)",
                .text(stamp.text), .integer(after.position))
            origins[field.name] = LogDiff.Origin(
                position: position,
                receivedAt: try target.integer(
                    "SELECT at FROM received WHERE position = ?", .integer(position)))
        }
        let record = RecordDifference(
            key: pair.key, a: pair.a, b: pair.b, fields: fields, cause: .written)
        return LogDiff.Entry(record: record, kind: kind, origins: origins)
    }

    private static func kind(_ before: RecordState?, _ after: RecordState?) -> HistoryEvent.Kind {
        guard let before else { return .created }
        let (was, isNow) = (before.isDeleted, after?.isDeleted ?? false)
        return was == isNow ? .edited : isNow ? .deleted : .restored
    }
}

extension LogDiff {
    fileprivate mutating func count(_ kind: HistoryEvent.Kind) {
        switch kind {
        case .created: created += 1
        case .edited, .resolved: edited += 1
        case .deleted: deleted += 1
        case .restored: restored += 1
        }
    }
}
