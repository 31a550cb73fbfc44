import SyncCore
import SyncProtocol
import SyncStore

extension Replica {
    /// Writes what the hub should get into one file: a join request if one is open, the own
    /// batches without a receipt, a pull, and what is carried for others.
    ///
    /// What is pending is sealed first. Safe to repeat.
    ///
    /// - Throws: `ReplicaFault.notJoined`, `BundleUseFault`, `BundleFault.tooLarge`, `StoreError`;
    ///   no file is left then.
    public func exportBundle(to path: String) throws -> BundleExport {
        guard let membership = try membership() else { throw ReplicaFault.notJoined }
        guard !FilePresence.exists(path) else { throw BundleUseFault.exists(path: path) }
        let key = try signingKey()
        try sealForBundle()
        let now = environment.nowMilliseconds()
        let header = BundleHeader(
            by: key.publicKey.deviceID, madeAt: now, space: membership.hub.space)
        let writer = try BundleFileWriter(path: path, header: header)
        var export = BundleExport()
        // Whoever gets what is carried for others may not know the hub's keys yet.
        let succession = membership.hub.succession
        if !succession.isEmpty { try writer.add(BundleItem(succession)) }
        if let invite = askedInvite {
            try writer.add(BundleItem(try beginJoin(invite)))
            export.asksToJoin = true
        }
        let need = try bundleNeed()
        if need == .newKey { try writer.add(BundleItem(try beginNewKey())) }
        if need == .nothing {
            try addBatches(to: writer, &export)
            try writer.add(question(space: membership.hub.space, key: key, at: now))
        }
        for item in try healingQuestions(space: membership.hub.space, key: key, at: now) {
            try writer.add(item)
        }
        try addCarried(to: writer, &export)
        try writer.finish()
        return export
    }

    private func addBatches(
        to writer: BundleFileWriter, _ export: inout BundleExport
    ) throws {
        let numbers = try beginSession().unreceipted
        if let last = numbers.last {
            try file.write { store in
                let meta = MetaTable(store)
                let known = try meta.integer(ReplicaKey.exported) ?? 0
                try meta.set(ReplicaKey.exported, .integer(max(known, last)))
            }
        }
        for number in numbers {
            let push = try push(number)
            try writer.add(BundleItem(push))
            export.batches += 1
            if push.batch.adopts == nil { export.changes += push.batch.count }
        }
    }

    /// A signed pull from where this device stands, remembered until its answer comes.
    private func question(space: SpaceID, key: SigningKey, at now: Int64) throws -> BundleItem {
        let request = try pullRequest()
        let item = BundleItem(
            SignedPull(
                cursor: request.cursor, have: request.have, head: request.head?.hash.prefixID,
                madeAt: now, nonce: request.nonce, space: space, key: key))
        try file.write { try AskedTable($0).insert(request, item: item.hash, at: now) }
        return item
    }

    private func addCarried(to writer: BundleFileWriter, _ export: inout BundleExport) throws {
        try file.read { store in
            try CarriedTable(store).each { item in
                do {
                    try writer.add(item)
                    export.carried += 1
                } catch BundleFault.tooLarge {
                    export.leftOut += 1
                }
            }
        }
    }
}
