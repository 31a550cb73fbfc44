import SyncCore
import SyncProtocol
import SyncStore

// Healing without a network: the questions of a session travel in bundles, one trip each.
// Source: Protocol/README.md §13.8.

extension Replica {
    /// What the next bundle has to say before anything else is any use.
    enum BundleNeed {
        case nothing
        /// The hub may have been put back: which heads does it hold?
        case heads
        /// A copy wrote under this key.
        case newKey
    }

    func bundleNeed() throws -> BundleNeed {
        try file.read { store in
            let meta = MetaTable(store)
            if try meta.integer(ReplicaKey.takeKey) == 1 { return .newKey }
            return try meta.integer(ReplicaKey.askHeads) == 1 ? .heads : .nothing
        }
    }

    func note(need: BundleNeed) throws {
        try file.write { store in
            let meta = MetaTable(store)
            try meta.set(ReplicaKey.askHeads, need == .heads ? 1 : nil)
            try meta.set(ReplicaKey.takeKey, need == .newKey ? 1 : nil)
        }
    }

    /// The nonce that answers to the last bundle's questions carry; nil if it had none.
    func askNonce() throws -> ID128? {
        try file.read { try MetaTable($0).blob(ReplicaKey.askNonce).flatMap { ID128(bytes: $0) } }
    }

    /// The questions of a device that heals, under one new nonce.
    func healingQuestions(
        space: SpaceID, key: SigningKey, at now: Int64
    ) throws -> [BundleItem] {
        var questions: [SignedAsk.Question] = []
        if try bundleNeed() == .heads {
            questions.append(.heads(try historyHeads().presented))
        } else {
            questions += try openIdentities().map { .batches(of: $0.device, from: $0.from) }
            let stale = try staleKeys()
            if !stale.isEmpty { questions.append(.records(stale)) }
        }
        guard !questions.isEmpty else { return [] }
        let nonce = environment.randomID()
        try file.write {
            try MetaTable($0).set(ReplicaKey.askNonce, .blob(nonce.bytes))
        }
        return questions.map {
            BundleItem(SignedAsk($0, madeAt: now, nonce: nonce, space: space, key: key))
        }
    }

    /// Seals what the next bundle may carry: new work only once everything else is healed.
    func sealForBundle() throws {
        let mark = try beginSession().mark
        let standing = try standing()
        guard !standing.isRenamed, try bundleNeed() == .nothing else { return }
        if standing.isAside {
            let isPulled = try file.read {
                try MetaTable($0).integer(ReplicaKey.pulledSize) != nil
            }
            guard isPulled, !standing.hasStale, standing.unreceipted.isEmpty,
                try sealAdoption().isEmpty
            else { return }
        }
        while try sealNext(upTo: mark) != nil {}
    }

    /// The key that a copy asked the hub to be enrolled with; nil if it asked for none.
    func nextPublicKey() throws -> PublicKey? {
        try KeyFile.read(KeyFile.path(forReplica: path))?.next
            .flatMap { SigningKey(seed: $0.seed)?.publicKey }
    }
}

extension BundleImporter {
    mutating func take(_ answer: HeadsAnswer) throws {
        let heads = try replica.historyHeads().presented
        let isMine = try accepts { () throws(AnswerFault) in
            try answer.verify(
                heads: heads.map(\.head), nonce: try nonce(), device: device, hub: hub)
        }
        guard isMine, try replica.bundleNeed() == .heads, let newest = heads.first else {
            report.outdated += 1
            return
        }
        switch try replica.take(answer, newest: newest) {
        case .agreed, .broken:
            try replica.note(need: .nothing)
            report.isHealing = true
        case .rewritten: report.halt = .logRewritten
        }
    }

    mutating func take(_ answer: DeviceBatchesAnswer) throws {
        if searches == nil { searches = try replica.openIdentities() }
        guard let place = searches?.firstIndex(where: { $0.device == answer.of }),
            let from = searches?[place].from
        else {
            report.outdated += 1
            return
        }
        let isMine = try accepts { () throws(AnswerFault) in
            try answer.verify(
                of: answer.of, from: from, nonce: try nonce(), device: device, hub: hub)
        }
        guard isMine else {
            report.outdated += 1
            return
        }
        let hasMore = try searches?[place].take(answer, in: replica)
        if hasMore == false { searched.insert(answer.of) }
        report.isHealing = true
    }

    mutating func take(_ answer: FoundAnswer) throws {
        let keys = try replica.staleKeys()
        let isMine = try accepts { () throws(AnswerFault) in
            try answer.verify(keys: keys, nonce: try nonce(), device: device, hub: hub)
        }
        guard isMine, try replica.take(answer, for: keys) else {
            report.outdated += 1
            return
        }
        report.isHealing = true
    }

    private func nonce() throws(AnswerFault) -> ID128 {
        guard let nonce = try? replica.askNonce() else { throw .nonce }
        return nonce
    }

    /// Whether an answer is to a question of this device's last bundle.
    private func accepts(_ check: () throws(AnswerFault) -> Void) throws -> Bool {
        do { try check() } catch { return false }
        return true
    }

    /// Authors anew what the old keys' batches lack, if all of them were looked through.
    mutating func finishSearches() throws {
        guard let searches, !searches.isEmpty,
            searches.allSatisfy({ searched.contains($0.device) })
        else { return }
        try replica.reauthor(searches)
    }
}
