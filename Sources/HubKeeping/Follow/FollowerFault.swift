public import SyncProtocol

/// Why a hub cannot be followed.
public enum FollowerFault: Error, Sendable, Equatable {
    /// The folder follows no hub yet, and no invite was given.
    case noInvite(path: String)
    /// The folder follows already; another invite is not taken.
    case followsAlready(path: String)
    /// The folder holds a hub, or something else.
    case folderUsed(path: String)
    /// The invite is not for an auditor.
    case notAuditor(role: String)
    case notAnInvite
    /// The hub's history left the one that was followed: the hub was put back, or its log was
    /// rewritten. What was followed is kept.
    case left(HistoryBreak)
}

/// Two histories of one hub.
public struct HistoryBreak: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// Under one epoch: whoever holds the hub's key rewrote its log.
        case rewritten
        /// The hub says so itself: it opened a new epoch.
        case putBack = "put_back"
    }

    public let kind: Kind
    /// The newest head that was followed.
    public let held: SignedHead
    /// What the hub shows: its head of that size if it has one, else its newest.
    public let shown: SignedHead
    /// The largest size that belongs to both, as far as is known.
    public let common: Int64
    /// Where both heads are kept.
    public let evidence: String

    public init(
        _ kind: Kind, held: SignedHead, shown: SignedHead, common: Int64, evidence: String
    ) {
        self.kind = kind
        self.held = held
        self.shown = shown
        self.common = common
        self.evidence = evidence
    }
}
