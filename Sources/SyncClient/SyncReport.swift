import SyncCore
public import SyncProtocol
public import SyncReplica

/// What one sync did.
public struct SyncReport: Sendable {
    /// Changes that the hub receipted in this sync.
    public var pushed = 0
    /// Records that came from the hub.
    public var pulled = 0
    /// Conflicts that the pushed batches made.
    public var conflicts = 0
    /// Pushed changes whose claimed stamp the hub did not believe.
    public var suspect = 0
    public var quarantined = 0
    /// Changes that the hub refused and that are kept aside.
    public var setAside = 0
    /// Records that differed from the hub's though nothing was pending, and were mended.
    public var healed = 0
    /// The hub's records do not fit the digest that it signed: nothing of them was applied.
    public var isContradicted = false
    /// The journal's size at the end.
    public var position: Int64 = 0
    public var digest = DigestComparison.notCompared
    /// What healed, to be said once.
    public var notices: [HealingNotice] = []
    /// Why the sync stopped for good; nil if it went through.
    public var halt: SyncSession.Halt?
    public var traffic = Traffic()

    public init() {}
}
