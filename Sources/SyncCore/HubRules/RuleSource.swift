/// What the rules read of the hub's state before a batch.
public protocol RuleSource {
    /// The present state of a record; nil if there is none.
    func record(_ key: RecordKey) throws -> RecordState?
    /// The effective stamp of one that the hub changed; nil for any other.
    func effective(ofClaimed stamp: Stamp) throws -> Stamp?
}

/// The changes of a batch, as the rules need them: heads at once, fields on demand.
public protocol RuledChanges {
    var count: Int { get }
    func key(_ index: Int) -> RecordKey
    func stamp(_ index: Int) -> StampTime
    func resolves(_ index: Int) -> [RecordID]
    func change(_ index: Int) throws -> Change
}

extension Array: RuledChanges where Element == Change {
    public func key(_ index: Int) -> RecordKey { self[index].key }
    public func stamp(_ index: Int) -> StampTime { self[index].stamp }
    public func resolves(_ index: Int) -> [RecordID] { self[index].resolves }
    public func change(_ index: Int) -> Change { self[index] }
}
