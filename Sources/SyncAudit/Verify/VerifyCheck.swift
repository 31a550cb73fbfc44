/// What a verification looks at. The raw value is the word that `--json` shows.
public enum VerifyCheck: String, Sendable, CaseIterable {
    /// SQLite's own check of the file.
    case file
    /// Every batch: there, whole, in its place, in its device's chain, signed by its device.
    case batches
    /// Every leaf leads to the root that the hub signed then.
    case tree
    /// Every head is the hub's.
    case heads
    /// Every verdict follows from the rules.
    case verdicts
    /// The records served are those that the journal leads to.
    case records
    /// The digest's rows are those of the records.
    case digest
    /// Receipts count under the hub's key.
    case receipts
    /// What waits to be sent can be sent.
    case pending
    /// The records are those that the hub's signed digest speaks of.
    case stateAtHead = "state_at_head"
    /// The hub's key is the one that others pinned.
    case hubKey = "hub_key"
    /// Nothing was cut off or rewritten since others saw the log.
    case history
    /// Every witness that the auditor named cosigned a head of this log.
    case witnesses
    /// The batches of others, and with them the whole log.
    case wholeLog = "whole_log"
}

/// A check that was not made, and why.
public struct UncheckedPart: Sendable, Equatable {
    /// The raw value is the word that `--json` shows.
    public enum Reason: String, Sendable, CaseIterable {
        /// The key was taken from the file itself: nobody else vouches for it.
        case keyFromFile = "key_from_file"
        /// Neither `--since` nor `--against` was given.
        case nothingHeld = "nothing_held"
        /// The replay could not go on past a position.
        case replayEnded = "replay_ended"
        /// The tree could not be followed past a position.
        case treeLost = "tree_lost"
        /// Rules that this version does not know.
        case rulesUnknown = "rules_unknown"
        /// The file is too damaged to be read to its end.
        case unreadable
        /// Changes are pending: the records are not at any head.
        case changesPending = "changes_pending"
        /// The last sync did not come to its end, or it cannot be told whether it did.
        case syncUnfinished = "sync_unfinished"
        /// The device has joined no space, or never synced.
        case neverSynced = "never_synced"
        /// A replica does not hold it.
        case notInReplica = "not_in_replica"
        /// The hub does not serve it, or only its newest head.
        case notServed = "not_served"
        /// A follower's copy: only the newest head of each time it asked.
        case notReceived = "not_received"
        /// Only their digest was asked for.
        case notFetched = "not_fetched"
        /// A witness that was named did not cosign a note that was given.
        case notCosigned = "not_cosigned"
        /// Only what came after the checkpoint was read.
        case beforeCheckpoint = "before_checkpoint"
        /// It stands in an epoch that the hub has left.
        case anotherEpoch = "another_epoch"
    }

    public let check: VerifyCheck
    public let reason: Reason
    /// The position after which it was not made, where there is one.
    public let after: Int64?

    init(_ check: VerifyCheck, _ reason: Reason, after: Int64? = nil) {
        self.check = check
        self.reason = reason
        self.after = after
    }
}
