public import SyncCore

/// Which records a comparison is about, and how many it keeps in detail.
public struct DiffScope: Sendable {
    /// Nil: all collections.
    public var collections: Set<String>?
    /// Only records with a register of this stamp time or later.
    public var since: StampTime?
    /// Only records that this says yes to, on either side.
    public var accepts: (@Sendable (RecordState) -> Bool)?
    /// Differences kept in detail: the first by collection and id. The rest is counted.
    public var recordLimit: Int

    public init(
        collections: Set<String>? = nil, since: StampTime? = nil, recordLimit: Int = 10_000,
        accepts: (@Sendable (RecordState) -> Bool)? = nil
    ) {
        self.collections = collections
        self.since = since
        self.recordLimit = recordLimit
        self.accepts = accepts
    }

    /// What cannot be read is never left out.
    func holds(_ pair: RecordPair) -> Bool {
        guard pair.isReadable else { return true }
        let states = [pair.a, pair.b].compactMap { $0?.state }
        if let since, !states.contains(where: { ($0.clock?.time ?? .zero) >= since }) {
            return false
        }
        guard let accepts else { return true }
        return states.contains(where: accepts)
    }

    var collectionBytes: Set<[UInt8]>? {
        collections.map { Set($0.map { Array($0.utf8) }) }
    }
}
