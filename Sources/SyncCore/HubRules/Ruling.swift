/// The outcome of the rules for one batch: what the store writes, in one transaction.
public struct Ruling: Sendable {
    /// What became of one record that the batch named.
    public enum Outcome: Sendable {
        /// The record is new and one change made it: its fields are the change's, as they are.
        case fresh(RecordKey, change: Int, stamp: StampTime)
        /// The record was there, or several changes of the batch met in it.
        case merged(RecordState, before: RecordState?)
    }

    /// A register that an adopted one hides.
    public struct Beneath: Sendable {
        public let key: RecordKey
        public let field: String
        public let adopted: Stamp
        public let register: Register
    }

    public var verdict: Verdict
    /// Every record that the batch names, then the conflicts made or closed.
    public var outcomes: [Outcome]
    /// Stamp times that the hub changed.
    public var restamps: [(claimed: StampTime, effective: StampTime)]
    /// Stamp times of changes that are repeats, and the stamps that they stand for.
    public var aliases: [(claimed: StampTime, effective: Stamp)] = []
    /// Applied changes of a batch with `formerly`, under the stamps that first signed them.
    public var authored: [(author: Stamp, key: RecordKey, change: AuthoredChange)] = []
    /// Registers that an adopted one took the place of, unlisted, by its stamp.
    public var beneath: [Beneath] = []
    /// Conflicts that were closed before they were made.
    public var earlyCloses: [RecordID] = []
    /// The device's last effective stamp time after the batch.
    public var lastEffective: StampTime
    /// The hub's own last effective stamp time after the batch.
    public var hubLastEffective: StampTime
}
