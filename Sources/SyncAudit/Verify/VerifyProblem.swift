public import SyncCore
import SyncProtocol

/// One thing that is not as it must be: what, where, and by which numbers one sees it.
///
/// Never holds what a record says: of a field there is only its name.
public struct VerifyProblem: Sendable, Equatable {
    /// What is wrong. The raw value is the word that `--json` shows, never reused.
    public enum Kind: String, Sendable, CaseIterable {
        // The file.
        case fileDamaged = "file_damaged"
        case metaMissing = "meta_missing"
        case rowDiffers = "row_differs"
        /// A table, index, view or trigger is not what this version makes.
        case structureAltered = "structure_altered"
        /// A value is stored in another class than its column's, or in a second spelling.
        case classAltered = "class_altered"
        /// A token or an invite that the hub has not sealed, or of a device that the log lacks.
        case accessForged = "access_forged"
        // The journal's batches.
        case batchMissing = "batch_missing"
        case batchDamaged = "batch_damaged"
        case batchAltered = "batch_altered"
        case batchMoved = "batch_moved"
        case batchInvalid = "batch_invalid"
        case chainBroken = "chain_broken"
        case deviceUnknown = "device_unknown"
        case deviceRevoked = "device_revoked"
        case signatureInvalid = "signature_invalid"
        // What the hub signed about them.
        case leafAltered = "leaf_altered"
        case treeAltered = "tree_altered"
        case headForged = "head_forged"
        case timeBackwards = "time_backwards"
        case epochUnknown = "epoch_unknown"
        /// What a batch brings of a lost history is not the hub's, or not its device's.
        case healingForged = "healing_forged"
        // The replay.
        case rulesUnknown = "rules_unknown"
        case verdictDiffers = "verdict_differs"
        case digestDiffers = "digest_differs"
        case recordAltered = "record_altered"
        case recordMissing = "record_missing"
        case recordAdded = "record_added"
        case conflictMissing = "conflict_missing"
        case digestRowDiffers = "digest_row_differs"
        // A replica's own.
        case receiptInvalid = "receipt_invalid"
        case headsConflict = "heads_conflict"
        case pendingDamaged = "pending_damaged"
        // What others hold.
        case hubKeyDiffers = "hub_key_differs"
        case spaceDiffers = "space_differs"
        case tailCut = "tail_cut"
        case logRewritten = "log_rewritten"
        case receiptMissing = "receipt_missing"
    }

    public let kind: Kind
    public let place: ProblemPlace
    /// In the order in which a person reads them.
    public let evidence: [ProblemEvidence]

    public init(_ kind: Kind, _ place: ProblemPlace, _ evidence: [ProblemEvidence] = []) {
        self.kind = kind
        self.place = place
        self.evidence = evidence
    }
}

/// Where a problem is.
public enum ProblemPlace: Sendable, Hashable {
    case file
    /// A position of the journal.
    case position(Int64)
    /// Positions without a break.
    case positions(Int64, Int64)
    case record(RecordKey)
    /// A table, index, view or trigger.
    case structure(String)
    /// A row that names no record that can be read.
    case row(table: String, row: Int64)
    /// A row beside the log, by the beginning of its name.
    case side(table: String, name: String)
    /// A batch of a replica's own.
    case ownBatch(Int64)
    /// A head of this size.
    case head(Int64)
    case bucket(Int)
    /// A row of pending changes.
    case pending(Int64)
    /// Another file that holds heads or receipts.
    case holder(String)

    /// As `--json` shows it: no language.
    public var text: String {
        switch self {
        case .file: "file"
        case .position(let position): "journal/\(position)"
        case .positions(let first, let last): "journal/\(first)-\(last)"
        case .record(let key): "\(key.collection)/\(key.id.hex)"
        case .structure(let name): "schema/\(name)"
        case .row(let table, let row): "\(table)/\(row)"
        case .side(let table, let name): "\(table)/\(name)"
        case .ownBatch(let number): "batch/\(number)"
        case .head(let size): "head/\(size)"
        case .bucket(let bucket): "digest/\(bucket)"
        case .pending(let sequence): "pending/\(sequence)"
        case .holder(let name): name
        }
    }
}

/// A named fact of a problem.
public struct ProblemEvidence: Sendable, Equatable {
    /// The raw value is the key that `--json` shows.
    public enum Label: String, Sendable, CaseIterable {
        case expected, found, fields, device, number, position, size, reason, first, count
        case records, epoch, column
    }

    public let label: Label
    public let text: String

    public init(_ label: Label, _ text: String) {
        self.label = label
        self.text = text
    }

    init(_ label: Label, _ number: Int64) { self.init(label, String(number)) }

    /// The first digits of a hash.
    init(_ label: Label, _ hash: Hash256) { self.init(label, String(hash.hex.prefix(12))) }

    /// The first digits of a key.
    init(_ label: Label, _ key: PublicKey) { self.init(label, String(key.hex.prefix(12))) }

    /// The first digits of an id.
    init(_ label: Label, _ id: ID128) { self.init(label, String(id.hex.prefix(12))) }
}
