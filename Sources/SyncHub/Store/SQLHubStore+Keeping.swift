import SyncCore
package import SyncProtocol
package import SyncStore

// What backups and restores ask of the store.

extension SQLHubStore {
    /// Copies what is committed now into a new SQLite file, while others go on writing.
    ///
    /// - Parameters:
    ///   - path: an empty file.
    ///   - adding: what to put into the copy besides.
    /// - Throws: `StoreError`.
    package func copy(to path: String, adding: (StoreConnection) throws -> Void) throws {
        if let sqlite { return try sqlite.backUp(to: path, adding: adding) }
        try StoreFile.make(at: path, purpose: .hub, tables: HubTables.versions) { copy in
            try file.read { try StoreMove.copy($0, to: copy) }
            try adding(copy)
        }
    }

    /// Notes that a verified backup holds the journal up to a head.
    ///
    /// - Parameter shelf: the folder in which it is one of many, as an absolute path.
    package func noteBackup(of head: Head, at time: Int64, on shelf: String? = nil) throws {
        try file.write { store in
            // The hub may have been put back while the backup was made.
            guard try JournalTable(store).holds(head) else { return }
            let meta = MetaTable(store)
            let known = try meta.integer(HubKey.backedUp) ?? 0
            try meta.set(HubKey.backedUp, .integer(max(known, head.size)))
            try meta.set(HubKey.backedUpAt, .integer(time))
            if let shelf { try meta.set(HubKey.backupShelf, .text(shelf)) }
        }
    }

    /// Opens the epoch of a hub that was put back from a backup and may lack a tail.
    package func openRestoredEpoch() throws {
        try file.write { try open(.restore, $0) }
    }
}

extension SQLHubStore {
    /// - Throws: `HubFolderFault` if the hub has moved away, or not arrived yet.
    package func expectHere() throws {
        try file.read { store in
            let meta = MetaTable(store)
            if let place = try meta.text(HubKey.moved) {
                throw HubFolderFault.moved(path: file.path, to: place)
            }
            if try meta.has(HubKey.moving) { throw HubFolderFault.arriving(path: file.path) }
        }
    }

    /// Whether there is no space yet, nor one that is moving here.
    package func isEmpty() throws -> Bool {
        try file.read { store in
            let meta = MetaTable(store)
            return try meta.blob(HubKey.space) == nil && !meta.has(HubKey.moving)
        }
    }

    /// Whether a hub is moving here.
    package func isMoving() throws -> Bool {
        try file.read { try MetaTable($0).has(HubKey.moving) }
    }
}
