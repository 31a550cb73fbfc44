import SyncCore

/// One write to one record: which, and by which stamp.
struct Writing: Hashable {
    let key: RecordKey
    let stamp: Stamp
}

/// What a receipt says of a write of the device itself.
struct OwnRuling {
    let position: Int64
    let epoch: EpochID
    /// The stamp time that the hub ordered by; nil where it is the claimed one.
    let effective: StampTime?
    let isQuarantined: Bool
}

/// What one side knows about records that differ.
struct SideEvidence {
    /// Records whose rows are not what the programs wrote there.
    var altered: Set<RowKey> = []
    var pending: Set<Writing> = []
    var held: Set<Writing> = []
    /// By the claimed and by the effective stamp.
    var rulings: [Writing: OwnRuling] = [:]
    /// Claimed to effective, as a hub's file has it.
    var restamps: [Stamp: Stamp] = [:]
    var conflicts: [RecordKey: [Conflict]] = [:]
    var isUnreadable = false
}
