package import SyncStore

/// What a device's file holds besides the shared tables. Only ever added to.
package enum ReplicaTables {
    package static let versions: [[String]] = [
        SharedTables.version1 + version1, SharedTables.version2 + version2,
        SharedTables.version3, version4, version5,
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

    /// Healing: what is here is empty as long as nothing broke.
    private static let version4: [String] = [
        // The first receipt that a batch got, where a later one took its place.
        "ALTER TABLE batches ADD COLUMN first_receipt BLOB",
        // The device under whose key the row's changes were first saved, and the one whose stamps
        // they carry now; null: this device.
        "ALTER TABLE pending ADD COLUMN formerly BLOB",
        "ALTER TABLE pending ADD COLUMN claimed_by BLOB",
        // Records whose hub's state is to be had (`got` is 0) or that are held aside. `held` and
        // `hub` are canonical states; null: nothing is held, the hub has none. `batch` is the
        // number of the adopting batch that hands them back.
        """
        CREATE TABLE aside(
            sequence INTEGER PRIMARY KEY,
            collection TEXT NOT NULL,
            id BLOB NOT NULL,
            held BLOB,
            hub BLOB,
            got INTEGER NOT NULL,
            batch INTEGER,
            UNIQUE(id, collection)
        )
        """,
        // What each of the last pages moved: `last` is its largest position, `names` the records
        // as id (16 bytes), length of the collection's name (1 byte), name.
        """
        CREATE TABLE moved(
            sequence INTEGER PRIMARY KEY,
            last INTEGER NOT NULL,
            names BLOB NOT NULL
        )
        """,
        // Heads of histories that the hub lost.
        """
        CREATE TABLE lost_heads(
            size INTEGER NOT NULL,
            epoch BLOB NOT NULL,
            head BLOB NOT NULL,
            PRIMARY KEY(epoch, size)
        ) WITHOUT ROWID
        """,
        // Who this device was before; `shared` is the number of that one's last batch that is its
        // own too, null until it is known.
        """
        CREATE TABLE identities(
            sequence INTEGER PRIMARY KEY,
            device BLOB NOT NULL UNIQUE,
            last_receipted INTEGER NOT NULL,
            shared INTEGER
        )
        """,
        // The batches of those, as `batches`.
        """
        CREATE TABLE former_batches(
            device BLOB NOT NULL,
            number INTEGER NOT NULL,
            hash BLOB NOT NULL,
            batch BLOB NOT NULL,
            signature BLOB NOT NULL,
            position INTEGER,
            receipt BLOB,
            PRIMARY KEY(device, number)
        )
        """,
    ]

    /// Rows of `records` that a row of `pending` names instead of holding their changes: see
    /// `NamedRecords`.
    private static let version5: [String] = [
        "ALTER TABLE pending ADD COLUMN first_row INTEGER",
        "ALTER TABLE pending ADD COLUMN last_row INTEGER",
        "CREATE INDEX pending_rows ON pending(first_row) WHERE first_row IS NOT NULL",
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
    /// How the hub's key came to be `hubKey`, where it was replaced: `KeySuccession`.
    package static let succession = HubKey.succession
    /// Where the hub was before it moved, while that may still be needed.
    package static let formerURL = "former_url"
    package static let formerTLS = "former_tls"
    /// Bytes of a batch, and of a page, that the way to the hub lets through; absent: as many as
    /// the protocol allows.
    package static let batchBytes = "batch_bytes"
    package static let pageBytes = "page_bytes"
    /// When that was found, in milliseconds since 1970.
    package static let narrowAt = "narrow_at"
    /// The batch that broke off on its way, and when it did first.
    package static let stuckBatch = "stuck_batch"
    package static let stuckAt = "stuck_at"
    /// The largest number of a batch that was written into a bundle.
    package static let exported = "exported"
    /// To be said once: the hub has a new key, from this position on; it has moved to this address.
    package static let newHubKey = "new_hub_key"
    package static let newAddress = "new_address"
    package static let cursor = "cursor"
    /// 1 while everything is pulled anew: `have` is 0 until that is done.
    package static let isFresh = "fresh"
    /// Size of the head whose last page was applied; absent while pages follow.
    package static let pulledSize = "pulled_size"
    /// Positions above it are all named in `moved`; absent: not known yet.
    package static let movedFrom = "moved_from"
    /// While that is absent: the largest position that a record has.
    package static let movedSeen = "moved_seen"
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
    /// The hub's answer to the last join, whole.
    package static let enrolment = "enrolment"
    /// The head that is known to belong to both histories, while a break is being healed; null:
    /// none is.
    package static let commonHead = "common_head"
    /// Its size; absent while nothing is being healed.
    package static let commonSize = "common_size"
    /// For the one sentence: the size that was lost, changes sent again, records handed back.
    package static let lostSize = "lost_size"
    package static let sentAgain = "sent_again"
    package static let handedBack = "handed_back"
    /// The name under which a copy goes on, until it was said.
    package static let newName = "new_name"
    /// What the next bundle has to ask first: 1 if that is so.
    package static let askHeads = "ask_heads"
    package static let takeKey = "take_key"
    /// The nonce of the last bundle's questions.
    package static let askNonce = "ask_nonce"

    /// The place from which a repair pulls anew; absent: none is under way.
    package static let repairFrom = "repair_from"

    /// Keys that begin so hold what can be taken back.
    package static let prefixes = [BeforeTable.prefix, UndoLog.prefix]

    /// Every key and what its value must be.
    package static let classes: [String: MetaClass] = [
        clock: .integer, seen: .integer, publicKey: .blob(32), name: .text, role: .text,
        hubURL: .text, hubKey: .blob(32), space: .blob(16), tls: .blob(32), cursor: .text,
        isFresh: .integer, pulledSize: .integer, movedFrom: .integer, movedSeen: .integer,
        lastReceipted: .integer,
        deliveredPosition: .integer, backedUp: .integer, clockDifference: .integer,
        lastSync: .integer, quarantined: .integer, head: .blob(nil), halt: .text,
        enrolment: .blob(nil), commonHead: .blob(nil), commonSize: .integer, lostSize: .integer,
        sentAgain: .integer, handedBack: .integer, newName: .text, askHeads: .integer,
        takeKey: .integer, askNonce: .blob(16), repairFrom: .integer, succession: .text,
        formerURL: .text, formerTLS: .blob(32), newHubKey: .integer, newAddress: .text,
        batchBytes: .integer, pageBytes: .integer, narrowAt: .integer, stuckBatch: .integer,
        stuckAt: .integer, exported: .integer,
    ]

    /// Those that a signature or other rows vouch for.
    package static let bound: Set<String> = [
        publicKey, hubKey, succession, space, head, lastReceipted,
    ]
}
