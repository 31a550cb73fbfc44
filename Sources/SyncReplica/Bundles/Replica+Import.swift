import SyncProtocol
public import SyncStore

extension Replica {
    /// Takes the answers that are this device's, in the order that a sync would bring them:
    /// enrolment, pages, receipts; and holds what is of or for others, to be passed on.
    ///
    /// A forged item is refused alone. Safe to repeat, and in any order of files.
    ///
    /// - Throws: `ReplicaFault.notJoined`, `BundleUseFault`, `BundleFileFault`, `StoreError`.
    public func importBundle(_ bundle: BundleFile) throws -> BundleImport {
        guard var membership = try membership() else { throw ReplicaFault.notJoined }
        guard bundle.header.space == membership.hub.space else {
            throw BundleUseFault.anotherSpace(path: bundle.path)
        }
        _ = try signingKey()
        // The hub's keys come before all that is signed by them.
        try bundle.each([.keys]) { item in
            guard let shown = try? KeySuccession(encoded: item.content) else { return }
            membership = try follow(shown) ?? membership
        }
        var importer = try BundleImporter(
            replica: self, hub: membership.hub, device: deviceID())
        importer.report.unknown = bundle.unknownCount
        for kinds: Set<BundleItem.Kind> in [
            [.join, .push, .pull, .ask, .enrolment], [.heads], [.page], [.batches, .found],
            [.receipt, .refused],
        ] {
            try bundle.each(kinds) { try importer.take($0) }
        }
        return try importer.finish()
    }
}
