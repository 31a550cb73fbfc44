/// Why two sides differ. In rising order of gravity: a record's cause is the gravest of its
/// fields'.
///
/// The order in which causes are looked for is another one: `CauseFinder`.
public enum DifferenceCause: String, Sendable, CaseIterable, Comparable {
    /// Two moments of one log: it was written in between.
    case written
    /// Saved on A and not receipted yet.
    case pendingA = "pending_a"
    case pendingB = "pending_b"
    /// A has not pulled far enough to know.
    case notPulledA = "not_pulled_a"
    case notPulledB = "not_pulled_b"
    /// One side has the stamp that the device claimed, the other the one that the hub ordered by.
    case suspect
    /// One side's value lost a conflict that is listed.
    case supersededByConflict = "superseded_by_conflict"
    /// The hub's verdict keeps the change in the journal without applying it.
    case quarantined
    /// The hub refused the change, and its device keeps it aside.
    case held
    /// Nothing on either side says why.
    case unexplained
    /// The hub vouched for it, and a side that has seen so much lacks it.
    case receiptedButMissing = "receipted_but_missing"
    /// A's file was changed by something else than the programs.
    case alteredA = "altered_a"
    case alteredB = "altered_b"

    private var gravity: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (lhs: DifferenceCause, rhs: DifferenceCause) -> Bool {
        lhs.gravity < rhs.gravity
    }
}
