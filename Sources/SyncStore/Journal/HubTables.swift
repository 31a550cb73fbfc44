import SyncCore
package import SyncProtocol

/// What a hub's file holds besides the shared tables. Only ever added to.
package enum HubTables {
    package static let versions: [[String]] = [
        SharedTables.version1 + version1, SharedTables.version2, SharedTables.version3,
        version4, version5,
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

    /// Healing: what is here is empty as long as nothing broke.
    private static let version4: [String] = [
        // The hub's signature over the row: `AccessSeal`.
        "ALTER TABLE tokens ADD COLUMN seal BLOB",
        "ALTER TABLE invites ADD COLUMN seal BLOB",
        // Joins without an invite, and the position of the batch that enrolled the device.
        """
        CREATE TABLE enrolments(
            device BLOB PRIMARY KEY,
            position INTEGER NOT NULL
        ) WITHOUT ROWID
        """,
        // Stamp times of changes that are repeats, and the stamps that they stand for.
        """
        CREATE TABLE aliases(
            peer INTEGER NOT NULL,
            claimed INTEGER NOT NULL,
            effective INTEGER NOT NULL,
            by INTEGER NOT NULL,
            PRIMARY KEY(peer, claimed)
        ) WITHOUT ROWID
        """,
        // Conflicts that were closed before they were made.
        """
        CREATE TABLE early_closes(
            conflict BLOB PRIMARY KEY,
            device BLOB NOT NULL
        ) WITHOUT ROWID
        """,
        // Registers that an adopted one hides, unlisted, by its stamp: states of one field.
        """
        CREATE TABLE beneath(
            sequence INTEGER PRIMARY KEY,
            id BLOB NOT NULL,
            collection TEXT NOT NULL,
            field TEXT NOT NULL,
            adopted TEXT NOT NULL,
            state BLOB NOT NULL,
            UNIQUE(id, collection, field, adopted)
        )
        """,
        // An index, made on demand: applied changes by the stamp that first signed them. `number`
        // is that of the author's own batch, 0 for a batch that names it as `formerly`.
        """
        CREATE TABLE authored(
            author INTEGER NOT NULL,
            stamp INTEGER NOT NULL,
            collection TEXT NOT NULL,
            id BLOB NOT NULL,
            number INTEGER NOT NULL,
            content BLOB NOT NULL,
            effective INTEGER NOT NULL,
            by INTEGER NOT NULL
        )
        """,
        "CREATE INDEX authored_stamp ON authored(author, stamp)",
        // Which of an author's own batches are in `authored`: those above `low`, up to `high`.
        """
        CREATE TABLE authored_range(
            author INTEGER PRIMARY KEY,
            low INTEGER NOT NULL,
            high INTEGER NOT NULL
        )
        """,
        // An index, made on demand: which entries name a record.
        """
        CREATE TABLE mentions(
            id BLOB NOT NULL,
            collection TEXT NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY(id, collection, position)
        ) WITHOUT ROWID
        """,
        // Claims that the operator accepted.
        """
        CREATE TABLE accepted(
            position INTEGER NOT NULL,
            change INTEGER NOT NULL,
            accepted_at INTEGER NOT NULL,
            PRIMARY KEY(position, change)
        ) WITHOUT ROWID
        """,
    ]

    /// What a device says of itself when it comes, and who is to take another token.
    private static let version5: [String] = [
        // The device's clock minus the hub's, in milliseconds.
        "ALTER TABLE seen ADD COLUMN clock INTEGER",
        // Its program and version, and the address at which it finds the hub.
        "ALTER TABLE seen ADD COLUMN program TEXT",
        "ALTER TABLE seen ADD COLUMN url TEXT",
        // Until the device has another token.
        "CREATE TABLE renewals(device BLOB PRIMARY KEY) WITHOUT ROWID",
        // What each device delivered on a day (since 1970, UTC), and what it may, where that is
        // not what all may.
        """
        CREATE TABLE quotas(
            device BLOB PRIMARY KEY,
            day INTEGER NOT NULL,
            changes INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            changes_limit INTEGER,
            bytes_limit INTEGER
        ) WITHOUT ROWID
        """,
    ]
}

extension MetaTable {
    /// Whose log a hub's file says that it holds; nil if it does not.
    package func hubIdentity() throws -> HubIdentity? { try identity(HubKey.publicKey) }

    /// The hub that a replica believes; nil before it has joined.
    package func pinnedHub() throws -> HubIdentity? { try identity("hub_key") }

    private func identity(_ keyName: String) throws -> HubIdentity? {
        guard let key = try blob(keyName).flatMap({ PublicKey(bytes: $0) }),
            let space = try blob(HubKey.space).flatMap({ SpaceID(bytes: $0) })
        else { return nil }
        guard let text = try text(HubKey.succession) else {
            return HubIdentity(key: key, space: space)
        }
        if let known = SuccessionMemory.shared.find(text, key, space) { return known }
        guard let succession = try? KeySuccession(encoded: Array(text.utf8)),
            let hub = HubIdentity(key: key, space: space, succession: succession)
        else { throw StoreError(.corrupt, path: "", detail: HubKey.succession) }
        SuccessionMemory.shared.keep(hub, as: text)
        return hub
    }
}

/// Keys of `meta` in a hub's file.
package enum HubKey {
    package static let space = "space"
    package static let epoch = "epoch"
    package static let publicKey = "public_key"
    /// How the key came to be the present one, where it was ever replaced: `KeySuccession`. A
    /// replica keeps it under the same name.
    package static let succession = "succession"
    /// The address that the operator gave; absent: that of the last `serve`.
    package static let url = "url"
    /// 1 since every token and invite has its seal.
    package static let accessSealed = "access_sealed"
    package static let servedURL = "served_url"
    package static let tls = "tls"
    package static let lastReceivedAt = "last_received_at"
    package static let backedUp = "backed_up"
    /// When the last verified backup was made, in milliseconds since 1970.
    package static let backedUpAt = "backed_up_at"
    /// The rules' number; absent while it is that of a journal in which nothing broke.
    package static let rules = "rules"
    /// The size at which the first epoch with a parent began.
    package static let firstBreak = "first_break"
    /// `mentions` holds the entries above the one and up to the other.
    package static let mentionsLow = "mentions_low"
    package static let mentionsHigh = "mentions_high"
    /// The head that shows a second hub on this key; the hub is read-only while it is there.
    package static let split = "split"
    /// When the operator last restored a backup or opened an epoch by hand.
    package static let openedByHand = "opened_by_hand"
    /// Who may use the hub's page, sealed by its key.
    package static let desk = "desk"
    /// The folder in which the last verified backup of many was put.
    package static let backupShelf = "backup_shelf"
    /// At a follower alone: its own device id. Such a file is no hub's.
    package static let follower = "follower"
    /// At a follower: the largest size of the journal that the hub showed it.
    package static let followedSize = "followed_size"

    /// Where the hub has moved: this store is none any more.
    package static let moved = "moved"
    /// While a hub moves here: its newest head. Such a store is none yet.
    package static let moving = "moving"

    /// Those that the log, a signature or other rows vouch for; the others are settings.
    package static let bound: Set<String> = [
        space, epoch, publicKey, succession, lastReceivedAt, rules, firstBreak, accessSealed,
    ]

    /// Every key and what its value must be.
    package static let classes: [String: MetaClass] = [
        space: .blob(16), epoch: .blob(16), publicKey: .blob(32), url: .text, servedURL: .text,
        tls: .blob(32), lastReceivedAt: .integer, backedUp: .integer, backedUpAt: .integer,
        rules: .integer, firstBreak: .integer, mentionsLow: .integer, mentionsHigh: .integer,
        split: .blob(nil), openedByHand: .integer, follower: .blob(16), followedSize: .integer,
        accessSealed: .integer, succession: .text, desk: .text, backupShelf: .text, moved: .text,
        moving: .blob(nil),
    ]
}
