public import SyncProtocol

/// Where a journal is not what it must be. Nothing of the entry was taken.
public struct JournalContradiction: Error, Sendable, Equatable {
    /// Which check failed. The raw value is the word that `--json` shows.
    public enum Check: String, Sendable {
        /// Batch, leaf and signature do not belong together, or are not of their form.
        case form
        /// It does not go on from its device's last batch, or is of another space.
        case chain
        /// The journal so far does not enrol the device, or it is revoked.
        case device
        case signature
        /// The hub's time went back.
        case time
        /// The rules lead to another verdict.
        case verdict
        /// What is said of a lost history does not carry the hub's signature.
        case healing
        /// The leaf names an epoch that no batch of the hub opened.
        case epoch
        /// The head is not the hub's.
        case head
        /// The leaves lead to another root than the hub signed.
        case root
        /// The records lead to another digest than the hub signed.
        case digest
        /// Two holders have different entries at one position.
        case rewritten
    }

    public let position: Int64
    public let check: Check
    /// The heads that cannot both be true, where there are two.
    public var ours: SignedHead?
    public var theirs: SignedHead?

    public init(
        _ position: Int64, _ check: Check, ours: SignedHead? = nil, theirs: SignedHead? = nil
    ) {
        self.position = position
        self.check = check
        self.ours = ours
        self.theirs = theirs
    }
}
