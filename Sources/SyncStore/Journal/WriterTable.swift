package import SyncCore

/// Where each device's chain of batches stands, within one transaction.
package struct WriterTable {
    package struct Writer {
        package var lastNumber: Int64 = 0
        package var lastHash = Hash256.zero
        package var lastEffective = StampTime.zero
        package var lastPosition: Int64 = 0

        package init(
            lastNumber: Int64 = 0, lastHash: Hash256 = .zero, lastEffective: StampTime = .zero,
            lastPosition: Int64 = 0
        ) {
            self.lastNumber = lastNumber
            self.lastHash = lastHash
            self.lastEffective = lastEffective
            self.lastPosition = lastPosition
        }
    }

    private let store: StoreConnection

    package init(_ store: StoreConnection) {
        self.store = store
    }

    private static let writerText =
        "SELECT last_number, last_hash, last_effective, last_position FROM writers WHERE peer = ?"

    /// Reads chains that will be asked for, together.
    package func prefetch(_ peers: some Sequence<Int64>) throws {
        try store.prefetch(Self.writerText, peers.map { [.integer($0)] })
    }

    /// The beginning of the chain for a device that wrote nothing yet.
    package func writer(_ peer: Int64?) throws -> Writer {
        guard let peer else { return Writer() }
        var writer = Writer()
        try store.each(Self.writerText, .integer(peer)) { row in
            writer = Writer(
                lastNumber: row.integer(0), lastHash: Hash256(bytes: row.bytes(1)) ?? .zero,
                lastEffective: StampTime(rawValue: UInt64(bitPattern: row.integer(2))),
                lastPosition: row.integer(3))
        }
        return writer
    }

    package func set(_ peer: Int64, _ writer: Writer) throws {
        try store.run(
            "INSERT INTO writers VALUES(?, ?, ?, ?, ?) ON CONFLICT(peer) DO UPDATE SET "
                + "last_number = excluded.last_number, last_hash = excluded.last_hash, "
                + "last_effective = excluded.last_effective, "
                + "last_position = excluded.last_position", .integer(peer),
            .integer(writer.lastNumber), .blob(writer.lastHash.bytes),
            .integer(Int64(bitPattern: writer.lastEffective.rawValue)),
            .integer(writer.lastPosition))
    }

    package func insertRestamps(
        _ peer: Int64, _ restamps: [(claimed: StampTime, effective: StampTime)]
    ) throws {
        for restamp in restamps {
            try store.run(
                "INSERT INTO restamps VALUES(?, ?, ?) ON CONFLICT(peer, claimed) "
                    + "DO UPDATE SET effective = excluded.effective", .integer(peer),
                .integer(Int64(bitPattern: restamp.claimed.rawValue)),
                .integer(Int64(bitPattern: restamp.effective.rawValue)))
        }
    }

    package func insertAliases(
        _ peer: Int64, _ aliases: [(claimed: StampTime, effective: Stamp)], _ peers: PeerTable
    ) throws {
        for alias in aliases {
            try store.run(
                "INSERT INTO aliases VALUES(?, ?, ?, ?) ON CONFLICT(peer, claimed) "
                    + "DO UPDATE SET effective = excluded.effective, by = excluded.by",
                .integer(peer),
                .integer(Int64(bitPattern: alias.claimed.rawValue)),
                .integer(Int64(bitPattern: alias.effective.time.rawValue)),
                .integer(try peers.number(of: alias.effective.device)))
        }
    }

    /// The stamp that a repeat's stands for; nil for any other.
    package func alias(
        peer: Int64, claimed: StampTime, _ peers: PeerTable
    ) throws -> Stamp? {
        var found: (time: Int64, by: Int64)?
        try store.each(
            "SELECT effective, by FROM aliases WHERE peer = ? AND claimed = ?", .integer(peer),
            .integer(Int64(bitPattern: claimed.rawValue))
        ) { found = ($0.integer(0), $0.integer(1)) }
        return try found.map {
            Stamp(
                time: StampTime(rawValue: UInt64(bitPattern: $0.time)),
                device: try peers.device(of: $0.by))
        }
    }

    package func effective(peer: Int64, claimed: StampTime) throws -> StampTime? {
        var effective: StampTime?
        try store.each(
            "SELECT effective FROM restamps WHERE peer = ? AND claimed = ?", .integer(peer),
            .integer(Int64(bitPattern: claimed.rawValue))
        ) { effective = StampTime(rawValue: UInt64(bitPattern: $0.integer(0))) }
        return effective
    }
}
