import SyncCore
public import SyncProtocol
import SyncStore

extension SQLHubStore {
    public func page(_ query: PageQuery) throws -> PageMessage {
        // A replica that lags gives an older signed head, never a wrong one. Whoever has seen more
        // than it holds (a head, a cursor) is unknown there, and asks where all is; so does whoever
        // reaches its end, so that a replica that stands still holds nobody back.
        if let page = try? file.readBehind({ try page(query, $0) }), page.page.more {
            return page
        }
        return try file.read { try page(query, $0) }
    }

    private func page(_ query: PageQuery, _ store: StoreConnection) throws -> PageMessage {
        let now = environment.nowMilliseconds()
        let meta = MetaTable(store)
        let journal = JournalTable(store)
        let size = try journal.size()
        let head = try journal.head(size)
        let consistency = try Self.consistency(query.head, size, journal)
        let records = RecordTable(store)
        var cursor = try PullCursor(query.cursor, epoch: head.head.epoch, records: records)
        let (list, more) = try Self.fill(query, &cursor, records, journal, store)
        let peer = try records.peers.existingNumber(of: query.device)
        let writer = try WriterTable(store).writer(peer)
        let page = Page(
            backedUp: try meta.integer(HubKey.backedUp) ?? 0, consistency: consistency,
            cursor: cursor.text, device: query.device, head: head, more: more,
            nextNumber: writer.lastNumber + 1, nextPrevious: writer.lastHash,
            nonce: query.nonce,
            now: max(now, try meta.integer(HubKey.lastReceivedAt) ?? 0),
            records: Page.hash(ofRecords: list),
            renewToken: try !more && Self.isTokenDue(query.device, store))
        return PageMessage(page: page, records: list, key: try ring.current(store))
    }

    private static func consistency(
        _ presented: ID128?, _ size: Int64, _ journal: JournalTable
    ) throws -> [Hash256] {
        guard let presented else { return [] }
        guard let first = try journal.size(ofHead: presented) else { throw WireError.headUnknown }
        return try journal.tree(Int(size)).consistencyProof(from: Int(first))
    }

    /// Fills a page from the cursor on and moves the cursor.
    private static func fill(
        _ query: PageQuery, _ cursor: inout PullCursor, _ records: RecordTable,
        _ journal: JournalTable, _ store: StoreConnection
    ) throws -> (list: [UInt8], more: Bool) {
        var list = RecordListWriter()
        var ownPositions: [Int64: Bool] = [:]
        let asker = try records.peers.existingNumber(of: query.device)
        let statement = try store.prepare(
            "SELECT row, collection, id, fields, clock, position FROM records "
                + "WHERE (position, row) > (?, ?) ORDER BY position, row")
        statement.bind(1, cursor.position)
        statement.bind(2, cursor.row)
        defer { statement.reset() }
        while try statement.step() {
            let record = try records.read(statement)
            let isKnown: Bool
            if record.clock.isOnly(query.device) {
                let known =
                    try ownPositions[record.position]
                    ?? journal.isReceipted(
                        record.position, by: asker, upTo: query.have)
                ownPositions[record.position] = known
                isKnown = known
            } else {
                isKnown = false
            }
            if !isKnown {
                let state = record.stateBytes
                guard list.count == 0 || list.byteCount + state.count <= query.pageBytes else {
                    return (list.bytes, true)
                }
                list.append(state, position: record.position)
            }
            cursor.position = record.position
            cursor.row = record.row
        }
        return (list.bytes, false)
    }
}

extension JournalTable {
    /// Whether a position holds a batch of this device, numbered at most `have`, that was taken
    /// just as claimed: then the device knows the outcome already.
    func isReceipted(_ position: Int64, by peer: Int64?, upTo have: Int64) throws -> Bool {
        guard let peer, let entry = try entry(position) else { return false }
        return entry.peer == peer && entry.number <= have && entry.isClean
    }
}
