import SyncCore
import SyncStore

/// The small integers by which a file names devices.
enum PeerNumbers {
    /// Larger ones are nobody's: a hub counts up from 1.
    private static let limit: Int64 = 1 << 31

    /// Gives the replay the numbers of a file, so that equal clocks are equal bytes. They are only
    /// names: a number that was moved to another device shows in every clock that holds it.
    static func copy(
        from source: StoreConnection, to target: StoreConnection, _ log: ProblemLog
    ) throws {
        try source.each("SELECT peer, device FROM peers ORDER BY peer") { row in
            let number = row.integer(0)
            guard number > 0, number < limit, row.bytes(1).count == 16 else {
                return log.add(
                    .rowDiffers, .row(table: "peers", row: number), .init(.column, "device"))
            }
            // A kept replay has the numbers of its last run.
            try target.run(
                "INSERT OR IGNORE INTO peers(peer, device) VALUES(?, ?)", .integer(number),
                .blob(row.array(1)))
            let isSame = try target.integer(
                "SELECT count(*) FROM peers WHERE peer = ? AND device = ?", .integer(number),
                .blob(row.array(1)))
            guard isSame == 1 else {
                return log.add(
                    .rowDiffers, .row(table: "peers", row: number), .init(.column, "device"))
            }
        }
        let (own, known) = (
            try source.integer("SELECT count(*) FROM peers"),
            try target.integer("SELECT count(*) FROM peers")
        )
        if known > own {
            log.add(
                .rowDiffers, .row(table: "peers", row: known), .init(.expected, known),
                .init(.found, own))
        }
    }
}
