public import SyncCore
public import SyncProtocol
import SyncStore

/// What a verification found.
public struct VerifyReport: Sendable {
    public enum Subject: String, Sendable {
        case hub, replica
        /// A hub that was asked over the network.
        case address
    }

    public let subject: Subject
    /// As the person named it.
    public let name: String
    /// Nil where the file does not say.
    public internal(set) var space: SpaceID?
    public internal(set) var hubKey: PublicKey?
    public internal(set) var epoch: EpochID?
    /// The newest head, if it is the hub's.
    public internal(set) var head: SignedHead?
    /// Batches read: the journal's, or a replica's own.
    public internal(set) var batches: Int64 = 0
    public internal(set) var changes: Int64 = 0
    public internal(set) var quarantined: Int64 = 0
    /// Changes whose claimed stamp did not hold.
    public internal(set) var suspect: Int64 = 0
    /// Histories of the journal, the oldest first: nearly always one.
    public internal(set) var epochs: [VerifiedEpoch] = []
    /// Batches that were offered again after the hub was put back.
    public internal(set) var reoffered: Int64 = 0
    /// Batches that handed others' work back.
    public internal(set) var adopting: Int64 = 0
    /// Registers that only such a batch vouches for: their author's own did not come since.
    public internal(set) var vouchedOnly: Int64 = 0
    /// Changes that came under two keys of one device and were applied once.
    public internal(set) var repeats: Int64 = 0
    /// Heads that were checked.
    public internal(set) var heads: Int64 = 0
    public internal(set) var receipts: Int64 = 0
    public internal(set) var pending: Int64 = 0
    /// Records by collection, deleted ones and the hub's own among them.
    public internal(set) var recordsByCollection: [String: Int64] = [:]
    public var records: Int64 { recordsByCollection.values.reduce(0, +) }
    /// Records that syncs have healed; what was there is kept in the file.
    public internal(set) var healed: [HealedRecord] = []
    public internal(set) var healedCount: Int64 = 0

    /// Tables in which no row can be proved from the log, with the rows that they hold.
    public internal(set) var unproved: [UnprovedTable] = []

    /// By the witnesses that the auditor named, of heads of this log.
    public internal(set) var cosignatures: [CountedCosignature] = []

    /// What was not read again, and for whose word; nil if everything was.
    public internal(set) var trusted: TrustedPart?

    public internal(set) var problems: [VerifyProblem] = []
    /// Problems by kind that are not listed, since there are too many.
    public internal(set) var omitted: [VerifyProblem.Kind: Int] = [:]
    public internal(set) var checked: [VerifyCheck] = []
    public internal(set) var notChecked: [UncheckedPart] = []
    /// False if the verification could not be carried to its end.
    public internal(set) var isComplete = true

    public var isOK: Bool { problems.isEmpty && isComplete }

    /// Whether anything is wrong, rather than only beyond what this version can judge.
    public var hasDefiniteProblems: Bool { problems.contains { $0.kind != .rulesUnknown } }

    init(_ subject: Subject, name: String) {
        self.subject = subject
        self.name = name
    }

    /// Notes what was not looked at; it does not count as checked then.
    mutating func leaveOut(_ part: UncheckedPart) {
        if !notChecked.contains(where: { $0.check == part.check && $0.reason == part.reason }) {
            notChecked.append(part)
        }
    }

    /// Compares a log that was followed with what others hold of it, and counts its witnesses.
    mutating func compare(
        _ held: [HeldLog], _ hub: HubIdentity, _ replay: ReplayStore, _ pass: JournalPass,
        _ options: Verifier.Options, _ log: ProblemLog
    ) throws {
        for one in held {
            let check = HeldLogCheck(
                held: one, hub: hub, replay: replay, size: pass.last, epochs: pass.epochs,
                log: log, start: pass.isWithoutState ? pass.start : 0)
            for part in try check.run() { leaveOut(part) }
            cosignatures += try check.cosignatures(of: options.witnesses)
        }
        let counted = Set(cosignatures.map(\.witness))
        if !counted.isSuperset(of: options.witnesses) { leaveOut(.init(.witnesses, .notCosigned)) }
    }

    /// What a replay found of copies and restores.
    mutating func noteHealing(_ pass: JournalPass, _ replay: ReplayStore) throws {
        (reoffered, adopting, repeats) = (pass.reoffered, pass.adopting, pass.repeats)
        vouchedOnly = Int64(replay.vouched.count)
        epochs = try pass.epochs.map { entry in
            let key = RecordKey(HubCollection.epochs, entry.epoch)
            let state = try replay.records.record(key)?.state()
            return VerifiedEpoch(
                id: entry.epoch, lastPosition: entry.last,
                size: state?["size"]?.value.value.integer.map { Int64($0) } ?? 0,
                cause: state?["cause"]?.value.value.text)
        }
    }

    /// Says which of the checks were done: all that nothing was left out of.
    mutating func conclude(_ checks: [VerifyCheck], _ options: Verifier.Options) {
        let witnesses: [VerifyCheck] = options.witnesses.isEmpty ? [] : [.witnesses]
        let out = Set(notChecked.map(\.check))
        checked = (checks + witnesses).filter { !out.contains($0) }
    }

    /// Says of a whole log what only others could vouch for, and which checks were done.
    mutating func concludeLog(_ checks: [VerifyCheck], _ options: Verifier.Options) {
        if options.hubKey == nil, !options.bindsHub { leaveOut(.init(.hubKey, .keyFromFile)) }
        if !options.bindsHub { leaveOut(.init(.history, .nothingHeld)) }
        conclude(checks + [.hubKey, .history], options)
    }

    mutating func take(_ log: ProblemLog) {
        problems = log.problems
        omitted = log.omitted
    }
}

/// A witness's word for a head that this log has.
public struct CountedCosignature: Sendable, Equatable {
    public let witness: Witness
    public let size: Int64
    /// Seconds since 1970, by the witness's clock.
    public let time: Int64
}

/// The first part of a journal, taken on trust.
public struct TrustedPart: Sendable, Equatable {
    /// The raw value is the word that `--json` shows.
    public enum Source: String, Sendable {
        /// A head that the auditor kept: what lies before it was verified then, or never.
        case checkpoint
        /// The auditor's own replay of it.
        case kept
    }

    /// Entries that were not read.
    public let position: Int64
    public let source: Source
    /// The file.
    public let name: String
}

/// The kept replay is of another hub's log.
public struct KeptReplayFault: Error, Sendable, Equatable {
    public let path: String
}

/// One unbroken history of a journal.
public struct VerifiedEpoch: Sendable, Equatable {
    public let id: EpochID
    /// Its last position so far.
    public let lastPosition: Int64
    /// The size at which it began.
    public let size: Int64
    /// Why it began; nil for the first.
    public let cause: String?
}

/// What stands in a file and in no log: it is counted and not judged.
public struct UnprovedTable: Sendable, Equatable {
    public let name: String
    public let rows: Int64
}

/// A record that a repair replaced.
public struct HealedRecord: Sendable, Equatable {
    public let key: RecordKey
    /// Milliseconds since 1970.
    public let healedAt: Int64
    /// The size of the head that it was healed at.
    public let size: Int64
}
