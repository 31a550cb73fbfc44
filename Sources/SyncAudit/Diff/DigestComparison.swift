import SyncCore

/// Compares two sides by walking down their digests: what moves is in proportion to what differs.
struct DigestComparison {
    let a: any DigestSource
    let b: any DigestSource
    let scope: DiffScope

    /// Buckets that are fetched and compared in one go.
    private static let groupLimit = 64
    /// How often a walk begins again because the hub took new batches.
    private static let attemptLimit = 5

    private var files: (a: ScannedFile?, b: ScannedFile?) {
        ((a as? LocalDigest)?.scanned, (b as? LocalDigest)?.scanned)
    }

    /// - Parameter empty: the result before anything was compared.
    func run(from empty: DiffResult) async throws -> DiffResult {
        for _ in 0..<Self.attemptLimit {
            for side in [a, b] { await (side as? HubReader)?.begin() }
            do { return try await walk(from: empty) } catch is HubReader.Moved { continue }
        }
        throw DiffFault(.hubMovedOn, name: hubName)
    }

    private var hubName: String {
        [a, b].compactMap { ($0 as? HubReader)?.name }.joined(separator: ", ")
    }

    private func walk(from empty: DiffResult) async throws -> DiffResult {
        var result = empty
        let buckets = try await differingBuckets()
        try await refresh(&result)
        let explainer = Explainer(a: files.a, b: files.b)
        // Pages come whole: once, whatever of them is needed.
        let isPaged = [a, b].contains { ($0 as? HubReader)?.asking == .pages }
        let size = isPaged ? max(buckets.count, 1) : Self.groupLimit
        for start in stride(from: 0, to: buckets.count, by: size) {
            let group = Set(buckets[start..<min(start + size, buckets.count)])
            let first = try await a.records(of: group)
            let second = try await b.records(of: group)
            let pairs = RecordPair.pairs(first.records, second.records).filter(scope.holds)
            try explainer.explain(
                pairs,
                loaded: (files.a == nil ? nil : first, files.b == nil ? nil : second),
                into: &result)
        }
        try await refresh(&result)
        return result
    }

    private func differingBuckets() async throws -> [Int] {
        let first = try await a.children(of: nil)
        let second = try await b.children(of: nil)
        var buckets: Set<Int> = []
        for node in 0..<DigestTree.fanout where first[node] != second[node] {
            let one = try await a.children(of: node)
            let other = try await b.children(of: node)
            for place in 0..<DigestTree.fanout where one[place] != other[place] {
                buckets.insert(node * DigestTree.fanout + place)
            }
        }
        for side in [a, b] { buckets.formUnion((side as? LocalDigest)?.damaged ?? []) }
        return buckets.sorted()
    }

    /// What the sides say of themselves now that they were asked.
    private func refresh(_ result: inout DiffResult) async throws {
        if let hub = a as? HubReader { result.a = await hub.facts() }
        if let hub = b as? HubReader { result.b = await hub.facts() }
        if let file = files.a { result.a.records = file.scan.rows.count }
        if let file = files.b { result.b.records = file.scan.rows.count }
    }
}
