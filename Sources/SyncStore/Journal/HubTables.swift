/// What a hub's file holds besides the shared tables. Only ever added to.
package enum HubTables {
    package static let versions: [[String]] = [
        SharedTables.version1 + version1, SharedTables.version2, SharedTables.version3,
    ]

    private static let version1: [String] = [
        "CREATE INDEX records_position ON records(position)",
        // The journal: batches (gzip), what was decided, and the head that was signed then.
        """
        CREATE TABLE journal(
            position INTEGER PRIMARY KEY,
            peer INTEGER NOT NULL,
            number INTEGER NOT NULL,
            hash BLOB NOT NULL,
            batch BLOB NOT NULL,
            signature BLOB NOT NULL,
            leaf TEXT NOT NULL,
            is_clean INTEGER NOT NULL,
            head TEXT NOT NULL,
            head_id BLOB NOT NULL UNIQUE,
            UNIQUE(peer, number)
        )
        """,
        // Hashes of perfect subtrees of the journal's Merkle tree.
        """
        CREATE TABLE merkle(
            level INTEGER NOT NULL,
            place INTEGER NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY(level, place)
        ) WITHOUT ROWID
        """,
        // Where each device's chain stands.
        """
        CREATE TABLE writers(
            peer INTEGER PRIMARY KEY,
            last_number INTEGER NOT NULL,
            last_hash BLOB NOT NULL,
            last_effective INTEGER NOT NULL,
            last_position INTEGER NOT NULL
        )
        """,
        // Stamp times that the hub changed.
        """
        CREATE TABLE restamps(
            peer INTEGER NOT NULL,
            claimed INTEGER NOT NULL,
            effective INTEGER NOT NULL,
            PRIMARY KEY(peer, claimed)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE tokens(
            hash BLOB PRIMARY KEY,
            device BLOB NOT NULL UNIQUE
        ) WITHOUT ROWID
        """,
        // `position` is that of the batch that enrolled the device; null while unused.
        """
        CREATE TABLE invites(
            hash BLOB PRIMARY KEY,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            expires INTEGER NOT NULL,
            device BLOB,
            position INTEGER
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE seen(
            device BLOB PRIMARY KEY,
            at INTEGER NOT NULL
        ) WITHOUT ROWID
        """,
    ]
}

/// Keys of `meta` in a hub's file.
package enum HubKey {
    package static let space = "space"
    package static let epoch = "epoch"
    package static let publicKey = "public_key"
    /// The address that the operator gave; absent: that of the last `serve`.
    package static let url = "url"
    package static let servedURL = "served_url"
    package static let tls = "tls"
    package static let lastReceivedAt = "last_received_at"
    package static let backedUp = "backed_up"
}
