import SyncCore
import SyncProtocol
import SyncStore

/// The imports that a file knows of, with what the hub made of their stamps.
struct ImportLog {
    private(set) var imports: [ImportEntry] = []

    init(_ store: StoreConnection, isHub: Bool) throws {
        var imports: [ImportEntry] = []
        try RecordTable(store).each(collection: LateEntries.importCollection) { found in
            guard let state = try? found.state(), let entry = ImportEntry(state) else { return }
            imports.append(entry)
        }
        self.imports = imports
        guard !imports.isEmpty else { return }
        try readLog(store, isHub: isHub)
    }

    private mutating func readLog(_ store: StoreConnection, isHub: Bool) throws {
        let search = ByteSearch("\"\(LateEntries.importCollection)\"")
        var imports = self.imports
        try BatchLog(store: store, isHub: isHub).each { logged in
            let namesImport = search.isFound(in: logged.bytes)
            guard namesImport || logged.hasRestamps, let batch = try? logged.batch(),
                let verdict = try? logged.leaf().verdict
            else { return }
            for index in imports.indices where imports[index].device == batch.device {
                imports[index].note(batch, verdict)
            }
        }
        self.imports = imports
    }
}

extension ImportEntry {
    /// Takes the effective stamps of its first and last change, and its receipt, from a batch
    /// that may hold them. A device's effective stamps rise in the order of the claimed ones, so
    /// the two ends tell the span.
    fileprivate mutating func note(_ batch: SealedBatch, _ verdict: Verdict) {
        for restamp in verdict.effective where batch.changes.indices ~= restamp.change {
            let before = batch.stamp(restamp.change)
            if before == claimed.lowerBound { effectiveFirst = restamp.stamp }
            if before == claimed.upperBound { effectiveLast = restamp.stamp }
        }
        let isNoted = batch.changes.contains {
            $0.key.collection == LateEntries.importCollection && $0.key.id == id
        }
        if isNoted, receivedAt == nil { receivedAt = verdict.receivedAt }
    }
}
