import SyncCore

/// A side that can be walked down its digest.
protocol DigestSource: Sendable {
    /// The 64 children of node 0 … 63 (bucket sums), or of the top (node hashes; nil).
    func children(of node: Int?) async throws -> [Hash256]

    /// The records of these buckets that are in the scope, by name.
    func records(of buckets: Set<Int>) async throws -> LoadedRows
}
