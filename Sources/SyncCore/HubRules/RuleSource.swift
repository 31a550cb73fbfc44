/// What the rules read of the hub's state before a batch.
public protocol RuleSource {
    /// The present state of a record; nil if there is none.
    func record(_ key: RecordKey) throws -> RecordState?

    /// The stamp that a claimed one stands for where the hub changed it, or found the change to
    /// be a repeat; nil for any other.
    func effective(ofClaimed stamp: Stamp) throws -> Stamp?

    // Only under the rules of healing:

    /// Applied changes to a record that were first signed under this stamp: those in batches that
    /// name its device as `formerly`, and, if `number` is given, those of the device's own
    /// batches numbered above it.
    func authored(
        _ stamp: Stamp, _ key: RecordKey, above number: Int64?
    ) throws -> [AuthoredChange]

    /// What entries above a position wrote to a record, in order.
    func writes(to key: RecordKey, above position: Int64) throws -> [JournalWrite]

    /// The register that an adopted one took the place of, unlisted; nil if there was none.
    func beneath(_ key: RecordKey, _ field: String, _ adopted: Stamp) throws -> Register?

    /// Who closed a conflict before it was made; nil if nobody did.
    func earlyClose(of conflict: RecordID) throws -> DeviceID?
}

/// An applied change, found by the stamp under which it was first signed.
public struct AuthoredChange: Sendable {
    /// See `Change.content`.
    public let content: Hash256
    public let effective: Stamp

    public init(content: Hash256, effective: Stamp) {
        self.content = content
        self.effective = effective
    }
}

/// What one applied change of the journal wrote.
public struct JournalWrite: Sendable {
    public let position: Int64
    public let isAdopted: Bool
    /// The effective stamps of the fields set.
    public let stamps: [String: Stamp]
    /// As the writer saw the record.
    public let was: [String: Stamp]

    public init(
        position: Int64, isAdopted: Bool, stamps: [String: Stamp], was: [String: Stamp]
    ) {
        self.position = position
        self.isAdopted = isAdopted
        self.stamps = stamps
        self.was = was
    }
}

/// The changes of a batch, as the rules need them: heads at once, fields on demand.
public protocol RuledChanges {
    var count: Int { get }
    func key(_ index: Int) -> RecordKey
    func stamp(_ index: Int) -> StampTime
    func resolves(_ index: Int) -> [RecordID]
    func change(_ index: Int) throws -> Change
    /// See `Change.content`.
    func content(_ index: Int) -> Hash256
}

extension Array: RuledChanges where Element == Change {
    public func key(_ index: Int) -> RecordKey { self[index].key }
    public func stamp(_ index: Int) -> StampTime { self[index].stamp }
    public func resolves(_ index: Int) -> [RecordID] { self[index].resolves }
    public func change(_ index: Int) -> Change { self[index] }
    public func content(_ index: Int) -> Hash256 { self[index].content }
}
