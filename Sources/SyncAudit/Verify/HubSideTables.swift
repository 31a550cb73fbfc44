import SyncCore
import SyncProtocol
import SyncStore

/// What a hub's file holds beside the journal: each row is bound to it, or counted as what the
/// log cannot prove.
struct HubSideTables {
    let store: StoreConnection
    let log: ProblemLog
    let replay: ReplayStore
    let hub: PublicKey

    /// - Parameter isWhole: whether the replay came to its end: else nobody knows what the rest
    ///   would have named.
    func check(isFollower: Bool, isWhole: Bool) throws -> [UnprovedTable] {
        let version = try store.integer("PRAGMA user_version")
        try checkMeta(version, isWhole: isWhole)
        try checkTree()
        if isWhole { try checkDevices("seen") }
        if isWhole, version >= 5 {
            for table in ["renewals", "quotas"] { try checkDevices(table) }
        }
        if version >= 4 {
            try checkAccess(isFollower: isFollower, isWhole: isWhole)
            if isWhole { try checkEnrolments() }
            try checkAccepted()
        } else if isWhole {
            try checkDevices("tokens")
        }
        return try unproved(version)
    }

    // MARK: Bound to the log

    private func checkMeta(_ version: Int64, isWhole: Bool) throws {
        try MetaCheck.check(store, HubKey.classes, log)
        guard version >= 4, isWhole else { return }
        let (found, expected) = (MetaTable(store), MetaTable(replay.store))
        for key in [HubKey.rules, HubKey.firstBreak] {
            let (own, due) = (try found.integer(key), try expected.integer(key))
            guard own != due else { continue }
            log.add(
                .rowDiffers, .side(table: "meta", name: key),
                .init(.expected, due.map(String.init) ?? "-"),
                .init(.found, own.map(String.init) ?? "-"))
        }
    }

    /// Nodes that no proof needs: the tree holds just the perfect subtrees of the journal.
    private func checkTree() throws {
        let size = try store.integer(
            "SELECT coalesce(max(place), -1) + 1 FROM merkle WHERE level = 0")
        try store.each("SELECT level, place FROM merkle ORDER BY level, place") { row in
            let (level, place) = (row.integer(0), row.integer(1))
            let isDue =
                (0..<62).contains(level) && place >= 0 && place < size >> level
            guard !isDue else { return }
            log.add(
                .treeAltered, .row(table: "merkle", row: place),
                .init(.reason, "level \(level)"))
        }
    }

    private func checkAccess(isFollower: Bool, isWhole: Bool) throws {
        let isSealed = try MetaTable(store).integer(HubKey.accessSealed) == 1
        if !isSealed, !isFollower {
            log.add(.metaMissing, .file, .init(.column, HubKey.accessSealed))
        }
        for row in try AccessSeal.rows(store) {
            let place = ProblemPlace.side(
                table: row.table, name: String(Hex.text(row.hash).prefix(12)))
            let seal = row.seal.flatMap { Signature(bytes: $0) }
            if !(seal.map { hub.verifies($0, .access, row.content) } ?? false) {
                log.add(.accessForged, place, .init(.reason, "seal"))
            }
            guard isWhole, let device = row.device else { continue }
            if try !replay.names(device, at: row.position) {
                log.add(
                    .accessForged, place, .init(.reason, "device"), .init(.device, device))
            }
        }
    }

    private func checkDevices(_ table: String) throws {
        try store.each("SELECT device FROM \(table) ORDER BY device") { row in
            let device = DeviceID(bytes: row.bytes(0))
            if let device, row.bytes(0).count == 16, try replay.names(device) { return }
            log.add(
                .accessForged,
                .side(table: table, name: String(Hex.text(row.array(0)).prefix(12))),
                .init(.reason, "device"))
        }
    }

    private func checkEnrolments() throws {
        try store.each("SELECT device, position FROM enrolments ORDER BY device") { row in
            let device = DeviceID(bytes: row.bytes(0))
            if let device, try replay.names(device, at: row.integer(1)) { return }
            log.add(
                .accessForged,
                .side(table: "enrolments", name: String(Hex.text(row.array(0)).prefix(12))),
                .init(.position, row.integer(1)))
        }
    }

    /// An accepted claim is one that the journal keeps in quarantine.
    private func checkAccepted() throws {
        try store.each(
            "SELECT a.position, a.change, j.leaf FROM accepted a "
                + "LEFT JOIN journal j USING(position) ORDER BY a.position, a.change"
        ) { row in
            let leaf = Leaf.canonical(row.array(2))
            let isClaim =
                leaf?.verdict.quarantined.contains { Int64($0.change) == row.integer(1) } ?? false
            guard !isClaim else { return }
            log.add(
                .rowDiffers, .row(table: "accepted", row: row.integer(0)),
                .init(.reason, "no claim"))
        }
    }

    // MARK: Counted

    private func unproved(_ version: Int64) throws -> [UnprovedTable] {
        var found: [UnprovedTable] = []
        // Of those that are sealed it cannot be seen that one is gone.
        let tables =
            ["invites", "tokens", "seen"]
            + (version >= 4 ? ["enrolments", "accepted", "authored_range"] : [])
            + (version >= 5 ? ["renewals", "quotas"] : [])
        for table in tables {
            found.append(
                UnprovedTable(
                    name: table, rows: try store.integer("SELECT count(*) FROM \(table)")))
        }
        return found + [try MetaCheck.settings(store, bound: HubKey.bound)]
    }
}
