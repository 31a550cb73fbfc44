/// The outcome of the rules for one batch: what the store writes, in one transaction.
public struct Ruling: Sendable {
    /// What became of one record that the batch named.
    public enum Outcome: Sendable {
        /// The record is new and one change made it: its fields are the change's, as they are.
        case fresh(RecordKey, change: Int, stamp: StampTime)
        /// The record was there, or several changes of the batch met in it.
        case merged(RecordState, before: RecordState?)
    }

    public var verdict: Verdict
    /// Every record that the batch names, then the conflicts made or closed.
    public var outcomes: [Outcome]
    /// Stamp times that the hub changed.
    public var restamps: [(claimed: StampTime, effective: StampTime)]
    /// The device's last effective stamp time after the batch.
    public var lastEffective: StampTime
    /// The hub's own last effective stamp time after the batch.
    public var hubLastEffective: StampTime
}
