// What there is to count of a store, kept up to date by what is new.
//
// Problem: open conflicts, changes to decide and the journal's size are found by looking through
// records and journal, and who watches a hub asks every few seconds.
// Idea: the first look goes through all of it; each after that only through what came above the
// position of the last one, by the indexes on positions. If the journal is not the one that was
// looked at (a database that lost its tail), the look begins anew.

import SyncCore
import SyncProtocol
import SyncStore
import Synchronization

/// Counts a store for whoever watches it. One process; of any number of them each has its own.
package final class JournalFigures: Sendable {
    /// What was counted, of one moment.
    package struct Figures: Sendable {
        package let openConflicts: Int
        /// Quarantined changes that nobody has decided on.
        package let claims: Int
        /// Of batches, leaves and heads, as they are stored.
        package let journalBytes: Int64
        package let journalSize: Int64
    }

    private struct State {
        var size: Int64 = 0
        var head: ID128?
        var openConflicts: Set<ID128> = []
        var quarantined: [Int64] = []
        var journalBytes: Int64 = 0
        /// Counted of what `quarantined` names, when so many were accepted.
        var claims: (accepted: Int64, count: Int)?
    }

    private let state = Mutex(State())

    package init() {}

    /// Looks at what is new.
    ///
    /// - Throws: `StoreError`.
    package func look(at store: SQLHubStore) throws -> Figures {
        try state.withLock { state in
            try store.file.read { connection in
                try Self.catchUp(&state, connection)
                let accepted = try Self.accepted(connection)
                if state.claims?.accepted != accepted {
                    let claims = try store.claims(at: state.quarantined, connection)
                    state.claims = (accepted, claims.count)
                }
            }
            return Figures(
                openConflicts: state.openConflicts.count, claims: state.claims?.count ?? 0,
                journalBytes: state.journalBytes, journalSize: state.size)
        }
    }

    private static func accepted(_ store: StoreConnection) throws -> Int64 {
        try store.integer("SELECT count(*) FROM accepted")
    }

    private static func catchUp(_ state: inout State, _ store: StoreConnection) throws {
        let journal = JournalTable(store)
        let size = try journal.size()
        if try size < state.size || head(state.size, store) != state.head { state = State() }
        guard size > state.size else { return }
        try readConflicts(&state, store)
        try store.each(
            "SELECT position FROM journal WHERE position > ? AND is_clean = 0 ORDER BY position",
            .integer(state.size)
        ) { row in
            let position = row.integer(0)
            guard let leaf = try journal.leaf(position) else { return }
            if !leaf.verdict.quarantined.isEmpty { state.quarantined.append(position) }
        }
        state.journalBytes += try store.integer(
            "SELECT coalesce(sum(length(batch) + length(leaf) + length(head)), 0) FROM journal "
                + "WHERE position > ?", .integer(state.size))
        state.claims = nil
        state.size = size
        state.head = try head(size, store)
    }

    private static func readConflicts(_ state: inout State, _ store: StoreConnection) throws {
        let records = RecordTable(store)
        let statement = try store.prepare(
            "SELECT row, collection, id, fields, clock, position FROM records "
                + "WHERE position > ? AND collection = ?")
        statement.bind(1, state.size)
        statement.bind(2, text: HubCollection.conflicts)
        defer { statement.reset() }
        while try statement.step() {
            let record = try records.read(statement).state()
            if record["resolved"]?.value == .true {
                state.openConflicts.remove(record.key.id)
            } else {
                state.openConflicts.insert(record.key.id)
            }
        }
    }

    private static func head(_ size: Int64, _ store: StoreConnection) throws -> ID128? {
        var found: ID128?
        try store.each("SELECT head_id FROM journal WHERE position = ?", .integer(size)) {
            found = ID128(bytes: $0.bytes(0))
        }
        return found
    }
}

/// What a hub tells of its backups.
package struct BackupStanding: Sendable {
    package let position: Int64
    /// When the last verified backup was made, in milliseconds since 1970; nil if none was.
    package let at: Int64?
}

extension SQLHubStore {
    package func backupStanding() throws -> BackupStanding {
        try file.read { store in
            let meta = MetaTable(store)
            return BackupStanding(
                position: try meta.integer(HubKey.backedUp) ?? 0,
                at: try meta.integer(HubKey.backedUpAt))
        }
    }
}
