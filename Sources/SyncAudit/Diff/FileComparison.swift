import SyncCore

/// Compares two files row by row, in memory that does not grow with them.
struct FileComparison {
    let a: ScannedFile
    let b: ScannedFile
    let scope: DiffScope

    /// Bytes of the fingerprints' key.
    static let keyBytes = 16

    /// Scans both files at once, a thread each.
    init(_ a: AuditFile, _ b: AuditFile, scope: DiffScope, key: [UInt8]) async throws {
        let collections = scope.collectionBytes
        async let first = Task.detached {
            try ScannedFile(a, collections: collections, key: key)
        }.value
        async let second = Task.detached {
            try ScannedFile(b, collections: collections, key: key)
        }.value
        (self.a, self.b) = try await (first, second)
        self.scope = scope
    }

    /// Adds every difference to the result.
    func run(into result: inout DiffResult) throws {
        result.a.records = a.scan.rows.count
        result.b.records = b.scan.rows.count
        let explainer = Explainer(a: a, b: b)
        for group in BucketGroup.groups(a.scan, b.scan) {
            let first = try a.load(group)
            let second = try b.load(group)
            let pairs = RecordPair.pairs(first.records, second.records).filter(scope.holds)
            try explainer.explain(pairs, loaded: (first, second), into: &result)
        }
    }
}
