import SyncStore

/// What a device's file holds besides the shared tables. Only ever added to.
package enum ReplicaTables {
    package static let versions: [[String]] = [
        SharedTables.version1 + version1, SharedTables.version2 + version2,
        SharedTables.version3,
    ]

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

    private static let version2: [String] = [
        // The size of the held head in which the batch's place was checked; null: not yet.
        "ALTER TABLE batches ADD COLUMN proved INTEGER",
        "CREATE INDEX batches_unproved ON batches(number) WHERE proved IS NULL",
        // What a repair replaced, kept for the auditor. `before` and `after` are canonical
        // states, gzip; null where there was none.
        """
        CREATE TABLE healed(
            sequence INTEGER PRIMARY KEY,
            healed_at INTEGER NOT NULL,
            size INTEGER NOT NULL,
            collection TEXT NOT NULL,
            id BLOB NOT NULL,
            before BLOB,
            after BLOB
        )
        """,
        // Items of bundles that are of or for other devices, to be passed on: gzip. `number` and
        // `mark` are what settles them: see `CarriedItem`.
        """
        CREATE TABLE carried(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            hash BLOB NOT NULL UNIQUE,
            device BLOB NOT NULL,
            kind TEXT NOT NULL,
            number INTEGER NOT NULL,
            mark BLOB NOT NULL,
            kept_at INTEGER NOT NULL,
            line BLOB NOT NULL
        )
        """,
        // Pulls that were asked for in a bundle, by nonce, with what they were asked with: their
        // answers may come days later. `item` is the hash of the item that asked, null for the
        // pages after the first; `answered` is 1 once the page was applied.
        """
        CREATE TABLE asked(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            nonce BLOB NOT NULL UNIQUE,
            asked_at INTEGER NOT NULL,
            cursor TEXT,
            have INTEGER NOT NULL,
            head BLOB,
            last_receipted INTEGER NOT NULL,
            item BLOB,
            answered INTEGER NOT NULL DEFAULT 0
        )
        """,
    ]
}

/// Keys of `meta` in a replica.
package enum ReplicaKey {
    /// Largest stamp time issued or seen.
    package static let clock = "clock"
    /// Largest stamp time in pulled records and receipts.
    package static let seen = "seen"
    package static let publicKey = "public_key"
    package static let name = "name"
    package static let role = "role"
    package static let hubURL = "hub_url"
    package static let hubKey = "hub_key"
    package static let space = "space"
    package static let tls = "tls"
    package static let cursor = "cursor"
    /// 1 while everything is pulled anew: `have` is 0 until that is done.
    package static let isFresh = "fresh"
    /// Size of the head whose last page was applied; absent while pages follow.
    package static let pulledSize = "pulled_size"
    package static let lastReceipted = "last_receipted"
    package static let deliveredPosition = "delivered_position"
    package static let backedUp = "backed_up"
    /// The hub's time minus this device's wall clock, in milliseconds.
    package static let clockDifference = "clock_difference"
    package static let lastSync = "last_sync"
    package static let quarantined = "quarantined"
    /// Encoded head, the largest verified.
    package static let head = "head"
    package static let halt = "halt"
}
