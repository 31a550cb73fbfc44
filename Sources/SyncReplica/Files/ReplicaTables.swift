import SyncStore

/// What a device's file holds besides the shared tables. Only ever added to.
enum ReplicaTables {
    static let versions: [[String]] = [SharedTables.version1 + version1]

    private static let version1: [String] = [
        // Saved and not yet receipted. `changes` is canonical JSON, separated by commas;
        // `batch` is the number of the batch that seals them, once it does.
        """
        CREATE TABLE pending(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            saved_at INTEGER NOT NULL,
            count INTEGER NOT NULL,
            last_stamp INTEGER NOT NULL,
            changes BLOB NOT NULL,
            batch INTEGER
        )
        """,
        "CREATE INDEX pending_batch ON pending(batch)",
        // The device's own signed batches, gzip, with the hub's receipts.
        """
        CREATE TABLE batches(
            number INTEGER PRIMARY KEY,
            hash BLOB NOT NULL,
            batch BLOB NOT NULL,
            signature BLOB NOT NULL,
            position INTEGER,
            receipt BLOB
        )
        """,
        // Every head that the hub signed and that was checked against the one before.
        """
        CREATE TABLE heads(
            size INTEGER NOT NULL,
            epoch BLOB NOT NULL,
            head BLOB NOT NULL,
            PRIMARY KEY(epoch, size)
        ) WITHOUT ROWID
        """,
        // Changes that a hub refused: kept for the person to see.
        """
        CREATE TABLE held(
            sequence INTEGER PRIMARY KEY,
            change BLOB NOT NULL,
            reason TEXT NOT NULL,
            held_at INTEGER NOT NULL
        )
        """,
    ]
}

/// Keys of `meta` in a replica.
enum ReplicaKey {
    /// Largest stamp time issued or seen.
    static let clock = "clock"
    /// Largest stamp time in pulled records and receipts.
    static let seen = "seen"
    static let publicKey = "public_key"
    static let name = "name"
    static let role = "role"
    static let hubURL = "hub_url"
    static let hubKey = "hub_key"
    static let space = "space"
    static let tls = "tls"
    static let cursor = "cursor"
    /// 1 while everything is pulled anew: `have` is 0 until that is done.
    static let isFresh = "fresh"
    static let lastReceipted = "last_receipted"
    static let deliveredPosition = "delivered_position"
    static let backedUp = "backed_up"
    /// The hub's time minus this device's wall clock, in milliseconds.
    static let clockDifference = "clock_difference"
    static let lastSync = "last_sync"
    static let quarantined = "quarantined"
    /// Encoded head, the largest verified.
    static let head = "head"
    static let halt = "halt"
}
