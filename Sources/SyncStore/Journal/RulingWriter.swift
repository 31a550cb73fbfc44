package import SyncCore
package import SyncProtocol

/// Rules batches against the records of a file and writes what comes of it: what a hub does when
/// it takes a batch, and what an auditor's replay does again. Within one transaction.
package struct RulingWriter {
    /// What came with a batch: of one that a lost history had, or that hands others' work back.
    package struct Arrival {
        package var earlier: Receipt?
        package var common: Int64?

        package init(earlier: Receipt? = nil, common: Int64? = nil) {
            self.earlier = earlier
            self.common = common
        }
    }

    package let store: StoreConnection
    package let records: RecordTable
    package let hub: DeviceID
    private let journal: any JournalEntries

    package init(
        _ store: StoreConnection, records: RecordTable, hub: DeviceID,
        journal: any JournalEntries
    ) {
        self.store = store
        self.records = records
        self.hub = hub
        self.journal = journal
    }

    /// - Parameters:
    ///   - role: nil for a role that this version does not know.
    ///   - hubTime: `received_at`, in milliseconds since 1970.
    ///   - rules: the number that the hub ruled it by; nil: the one that is due.
    package func rule(
        _ batch: SealedBatch, role: Role?, hubTime: Int64, arrival: Arrival = Arrival(),
        rules: Int? = nil
    ) throws -> Ruling {
        try records.prefetch((0..<batch.count).lazy.map { batch.key($0) })
        let writers = WriterTable(store)
        let writer = try writers.writer(records.peers.number(of: batch.device))
        let context = HubRules.Context(
            hubTime: hubTime, device: batch.device, role: role,
            lastEffective: writer.lastEffective, hub: hub,
            hubLastEffective: try writers.writer(records.peers.number(of: hub)).lastEffective,
            policy: try SpaceRecord(records, batch.space)?.policy ?? RolePolicy(),
            healing: try healing(batch, arrival, rules: rules ?? dueRules(batch, arrival)))
        let source = StoredRuleSource(
            store: store, records: records, journal: journal,
            isHealing: context.healing.rules >= HubRules.healing,
            authoredTable: AuthoredTable(store, peers: records.peers))
        return try HubRules.rule(batch, context: context, source: source)
    }

    /// The number of the rules for a batch: the second from the first batch on that heals.
    package func dueRules(_ batch: SealedBatch, _ arrival: Arrival) throws -> Int {
        if try MetaTable(store).integer(HubKey.rules) != nil { return HubRules.healing }
        let heals =
            batch.formerly != nil || batch.adopts != nil || arrival.earlier != nil
            || opensEpoch(batch)
        return heals ? HubRules.healing : HubRules.plain
    }

    /// Whether a batch of the hub opens an epoch other than the first.
    private func opensEpoch(_ batch: SealedBatch) -> Bool {
        guard batch.device == hub else { return false }
        return (0..<batch.count).contains { index in
            guard batch.key(index).collection == HubCollection.epochs,
                let change = try? batch.change(index)
            else { return false }
            return change.set.contains { $0.name == "parent" && $0.value.value.text != nil }
        }
    }

    private func healing(
        _ batch: SealedBatch, _ arrival: Arrival, rules: Int
    ) throws -> Healing {
        guard rules >= HubRules.healing else { return .none }
        var healing = Healing(rules: rules, formerly: batch.formerly)
        healing.firstBreak = try MetaTable(store).integer(HubKey.firstBreak)
        if let head = batch.adopts?.head {
            healing.adoption = .init(
                lostTime: head.time, common: arrival.common ?? 0,
                isHeld: try journal.holds(head))
            return healing
        }
        healing.hasHeirs = try AuthoredTable(store, peers: records.peers)
            .hasHeirs(batch.device)
        healing.earlier = arrival.earlier.map {
            .init(verdict: $0.leaf.verdict, common: arrival.common ?? 0)
        }
        return healing
    }

    /// Writes the records, the stamps that were changed and where the chains stand.
    ///
    /// - Parameter hash: the batch's.
    package func write(
        _ ruling: Ruling, of batch: SealedBatch, hash: Hash256, position: Int64
    ) throws {
        try writeRecords(ruling, batch, position)
        let writers = WriterTable(store)
        let peer = try records.peers.number(of: batch.device)
        try writers.insertRestamps(peer, ruling.restamps)
        try writers.set(
            peer,
            .init(
                lastNumber: batch.number, lastHash: hash,
                lastEffective: ruling.lastEffective, lastPosition: position))
        try noteHubStamp(ruling, batch)
        if ruling.verdict.rules >= HubRules.healing {
            try writeHealing(ruling, batch, peer, position)
        }
    }

    private func writeRecords(
        _ ruling: Ruling, _ batch: SealedBatch, _ position: Int64
    ) throws {
        try batch.bytes.withUnsafeBytes { bytes in
            for outcome in ruling.outcomes {
                switch outcome {
                case .fresh(let key, let change, let time):
                    let fields = UnsafeRawBufferPointer(
                        rebasing: bytes[batch.changes[change].set])
                    let stamp = Stamp(time: time, device: batch.device)
                    try records.put(
                        key, fields: fields, clock: RecordClock(newest: stamp),
                        position: position)
                case .merged(let state, _):
                    guard !state.fields.isEmpty else { continue }
                    try records.put(state, position: position)
                }
            }
        }
    }

    /// What later batches are ruled by, once something broke.
    private func writeHealing(
        _ ruling: Ruling, _ batch: SealedBatch, _ peer: Int64, _ position: Int64
    ) throws {
        let meta = MetaTable(store)
        if try meta.integer(HubKey.rules) == nil {
            try meta.set(HubKey.rules, .integer(Int64(HubRules.healing)))
        }
        if try meta.integer(HubKey.firstBreak) == nil, opensEpoch(batch) {
            try meta.set(HubKey.firstBreak, .integer(position - 1))
        }
        try WriterTable(store).insertAliases(peer, ruling.aliases, records.peers)
        let authored = AuthoredTable(store, peers: records.peers)
        for (author, key, change) in ruling.authored {
            try authored.insert(author, key, number: 0, change)
        }
        for hidden in ruling.beneath {
            try store.run(
                "INSERT INTO beneath(id, collection, field, adopted, state) "
                    + "VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                .blob(hidden.key.id.bytes), .text(hidden.key.collection), .text(hidden.field),
                .text(hidden.adopted.text),
                .blob(
                    RecordState(
                        hidden.key, set: [.init(hidden.field, hidden.register.value)],
                        stamp: hidden.register.stamp
                    ).canonicalBytes))
        }
        for conflict in ruling.earlyCloses {
            try store.run(
                "INSERT INTO early_closes VALUES(?, ?) ON CONFLICT DO NOTHING",
                .blob(conflict.bytes), .blob(batch.device.bytes))
        }
    }

    /// The hub's own stamps go on from those of the conflicts it listed.
    private func noteHubStamp(_ ruling: Ruling, _ batch: SealedBatch) throws {
        guard batch.device != hub else { return }
        let writers = WriterTable(store)
        let peer = try records.peers.number(of: hub)
        var writer = try writers.writer(peer)
        guard ruling.hubLastEffective > writer.lastEffective else { return }
        writer.lastEffective = ruling.hubLastEffective
        try writers.set(peer, writer)
    }
}

private struct StoredRuleSource: RuleSource {
    let store: StoreConnection
    let records: RecordTable
    let journal: any JournalEntries
    let isHealing: Bool
    let authoredTable: AuthoredTable

    func record(_ key: RecordKey) throws -> RecordState? {
        try records.record(key)?.state()
    }

    func effective(ofClaimed stamp: Stamp) throws -> Stamp? {
        guard let peer = try records.peers.existingNumber(of: stamp.device) else { return nil }
        let writers = WriterTable(store)
        if isHealing,
            let alias = try writers.alias(peer: peer, claimed: stamp.time, records.peers)
        {
            return alias
        }
        let time = try writers.effective(peer: peer, claimed: stamp.time)
        return time.map { Stamp(time: $0, device: stamp.device) }
    }

    func authored(
        _ stamp: Stamp, _ key: RecordKey, above number: Int64?
    ) throws -> [AuthoredChange] {
        try authoredTable.find(stamp, key, above: number, in: journal)
    }

    func writes(to key: RecordKey, above position: Int64) throws -> [JournalWrite] {
        try MentionTable(store, journal: journal).writes(to: key, above: position)
    }

    func beneath(_ key: RecordKey, _ field: String, _ adopted: Stamp) throws -> Register? {
        var register: Register?
        try store.each(
            "SELECT state FROM beneath WHERE id = ? AND collection = ? AND field = ? "
                + "AND adopted = ?", .blob(key.id.bytes), .text(key.collection), .text(field),
            .text(adopted.text)
        ) { register = try RecordState(canonical: $0.array(0))[field] }
        return register
    }

    func earlyClose(of conflict: RecordID) throws -> DeviceID? {
        var device: DeviceID?
        try store.each(
            "SELECT device FROM early_closes WHERE conflict = ?", .blob(conflict.bytes)
        ) { device = DeviceID(bytes: $0.bytes(0)) }
        return device
    }
}
