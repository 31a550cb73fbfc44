import SyncCore

/// Compares the records that a bundle names with another side; others are not looked at.
struct BundleComparison {
    let bundle: BundleContent
    let other: any DigestSource
    /// Whether the bundle is side A.
    let isA: Bool
    let scope: DiffScope

    /// Buckets of the digest that are read in one go.
    private static let groupLimit = 64

    func run(into result: inout DiffResult) async throws {
        let keys = bundle.keys.filter { scope.collections?.contains($0.collection) ?? true }
        let keysByBucket = Dictionary(grouping: keys, by: DigestTree.bucket)
        let buckets = keysByBucket.keys.sorted()
        let file = (other as? LocalDigest)?.scanned
        let explainer = Explainer(
            a: isA ? nil : file, b: isA ? file : nil, pending: bundle.pending)
        for start in stride(from: 0, to: buckets.count, by: Self.groupLimit) {
            let group = buckets[start..<min(start + Self.groupLimit, buckets.count)]
            let loaded = try await other.records(of: Set(group))
            let pairs = group.flatMap { keysByBucket[$0] ?? [] }.sorted()
                .compactMap { pair($0, loaded) }.filter(scope.holds)
            let rows = file == nil ? nil : loaded
            try explainer.explain(
                pairs, loaded: isA ? (nil, rows) : (rows, nil), into: &result)
        }
    }

    /// Nil where both hold the same.
    private func pair(_ key: RecordKey, _ loaded: LoadedRows) -> RecordPair? {
        let theirs = loaded.records[RowKey(key)]
        // Two bundles are compared in what both name.
        if theirs == nil, other is BundleContent { return nil }
        guard let ours = bundle.record(key, over: theirs?.state) else { return nil }
        if let theirs, ours.isSame(as: theirs) { return nil }
        return RecordPair(key: RowKey(key), a: isA ? ours : theirs, b: isA ? theirs : ours)
    }
}
