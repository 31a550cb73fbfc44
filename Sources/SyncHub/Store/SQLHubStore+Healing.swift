import Gzip
public import SyncCore
public import SyncProtocol
import SyncStore

// Which histories meet here: heads that devices hold, epochs, batches and records by name.

extension SQLHubStore {
    public func standing(of heads: [SignedHead]) throws -> HeadsStanding {
        let known = try file.read { store -> HeadsStanding? in
            if let newest = heads.first, try !JournalTable(store).holds(newest.head) { return nil }
            return try standing(of: heads, store)
        }
        if let known { return known }
        // One transaction: what is said of the heads is what the writing one knows.
        let (met, split) = try file.write { store -> (HeadsStanding, Head?) in
            let split = try heads.first.flatMap { try meet($0, store) }
            return (try standing(of: heads, store), split)
        }
        if let split { throw WireError.split(split) }
        return met
    }

    private func standing(
        of heads: [SignedHead], _ store: StoreConnection
    ) throws -> HeadsStanding {
        let journal = JournalTable(store)
        let size = try journal.size()
        let head = try journal.head(size)
        let held = try heads.first { try journal.holds($0.head) }?.head.size ?? 0
        let time = try MetaTable(store).integer(HubKey.lastReceivedAt) ?? 0
        return HeadsStanding(
            consistency: try journal.tree(Int(size)).consistencyProof(from: Int(held)),
            cursor: PullCursor(after: held, epoch: head.head.epoch).text, held: held, head: head,
            now: max(environment.nowMilliseconds(), time))
    }

    /// Meets a head of this hub's that the journal does not hold (§8.9).
    ///
    /// - Returns: the head, if it shows a second hub on this key.
    private func meet(_ unknown: SignedHead, _ store: StoreConnection) throws -> Head? {
        let head = unknown.head
        guard try !JournalTable(store).holds(head) else { return nil }
        let meta = MetaTable(store)
        if try meta.blob(HubKey.epoch) == head.epoch.bytes || isOfALostEpoch(head.epoch, store) {
            try open(.headUnknown(unknown), store)
            return nil
        }
        guard try !hasOpened(unknown, store) else { return nil }
        // A time that lies ahead is a wrong clock's and tells nothing.
        let last = try meta.integer(HubKey.lastReceivedAt) ?? 0
        let time = max(environment.nowMilliseconds(), last)
        let limit = time + HubRules.driftLimitMilliseconds
        guard let left = try leftAt(head.epoch, store), head.time > left,
            head.time > (try meta.integer(HubKey.openedByHand) ?? 0), head.time <= limit
        else { return nil }
        try meta.set(HubKey.split, .blob(unknown.encoded))
        return head
    }

    /// Whether an epoch was opened in a history that this hub lost whole, and nobody has shown that
    /// yet. The epoch that it is back in had gone on before that one was opened: what it now takes
    /// under the old name would be a second history of that name.
    private func isOfALostEpoch(_ epoch: EpochID, _ store: StoreConnection) throws -> Bool {
        var isKnown = false
        try RecordTable(store).each(collection: HubCollection.epochs) { record in
            let known = EpochRecord(try record.state())
            if [known.id, known.parent, known.unknown?.epoch].contains(epoch) { isKnown = true }
        }
        return !isKnown
    }

    /// Whether a head made this journal open an epoch before.
    private func hasOpened(_ unknown: SignedHead, _ store: StoreConnection) throws -> Bool {
        var isKnown = false
        try RecordTable(store).each(collection: HubCollection.epochs) { record in
            let known = EpochRecord(try record.state()).unknown
            if known?.size == unknown.head.size, known?.root == unknown.head.root {
                isKnown = true
            }
        }
        return isKnown
    }

    /// When this journal left an epoch, in milliseconds since 1970; nil if it never was in it.
    private func leftAt(_ epoch: EpochID, _ store: StoreConnection) throws -> Int64? {
        var left: Int64?
        try RecordTable(store).each(collection: HubCollection.epochs) { record in
            let state = try record.state()
            guard state["parent"]?.value.value.text == epoch.hex,
                let opened = state["opened_at"]?.value.value.integer
            else { return }
            left = max(left ?? 0, Int64(opened))
        }
        return left
    }

    public func batches(
        of device: DeviceID, from number: Int64, bytes: Int
    ) throws -> JournalRun {
        try file.read { store in
            let journal = JournalTable(store)
            let peers = PeerTable(store)
            let peer = try peers.existingNumber(of: device)
            let last = try WriterTable(store).writer(peer).lastNumber
            var list = CanonicalListWriter()
            var next = number
            while next <= last, let peer,
                let found = try journal.find(peer: peer, number: next)
            {
                let entry = try Self.entry(at: found.position, store)
                guard list.count == 0 || list.byteCount + entry.count <= bytes else { break }
                list.append(entry)
                next += 1
            }
            return JournalRun(
                entries: list.bytes, more: next <= last, head: try journal.head(journal.size()))
        }
    }

    private static func entry(at position: Int64, _ store: StoreConnection) throws -> [UInt8] {
        let statement = try store.prepare(
            "SELECT position, batch, leaf, signature FROM journal WHERE position = ?")
        statement.bind(1, position)
        defer { statement.reset() }
        guard try statement.step() else {
            throw StoreError(.corrupt, path: "", detail: "journal \(position)")
        }
        return try entry(statement)
    }

    public func ancestors(of device: DeviceID) throws -> [DeviceID] {
        try file.read { try EnrolledDevice.ancestors(of: device, in: RecordTable($0)) }
    }

    public func records(named keys: [RecordKey], bytes: Int) throws -> JournalRun {
        try file.read { store in
            let journal = JournalTable(store)
            let records = RecordTable(store)
            var list = RecordListWriter()
            var more = false
            for key in keys {
                guard let record = try records.record(key) else { continue }
                let state = record.stateBytes
                guard list.count == 0 || list.byteCount + state.count <= bytes else {
                    more = true
                    break
                }
                list.append(state, position: record.position)
            }
            return JournalRun(
                entries: list.bytes, more: more, head: try journal.head(journal.size()))
        }
    }
}
