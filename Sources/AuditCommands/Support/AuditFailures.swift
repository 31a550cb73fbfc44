import CommandKit
import ReportGathering
import SharedWords
import SyncAudit
import SyncClient
import SyncProtocol
import SyncStore

/// The one place where an error becomes the auditor's words and an exit code. An audit that could
/// not be completed ends with 3.
enum AuditFailures {
    private static let words = Messages.audit

    /// Nil for an error that the shared reporter knows.
    static func words(for error: any Error) -> CommandFailure? {
        switch error {
        case let error as StoreError: store(error)
        case let error as CheckpointFileFault: checkpoint(error)
        case let error as BundleFileFault: BundleWords.failure(error, status: .partly)
        case let error as KeptReplayFault: kept(error)
        case let error as MomentFault: error.failure
        case let error as DiffFault: DiffFailures.words(for: error)
        case let error as TransportFault: DiffFailures.words(for: error)
        case let error as ForeignAnswer: DiffFailures.words(for: error)
        case let error as WireError where error.code == .roleForbidden: auditorsOnly(error)
        case let error as WireError: DiffFailures.words(for: error)
        default: nil
        }
    }

    private static func store(_ error: StoreError) -> CommandFailure {
        switch error.kind {
        case .locked: .fileLocked(path: error.path, cause: error)
        case .diskFull: .diskFull(path: error.path, cause: error)
        case .cannotOpen: .fileNotFound(path: error.path, cause: error)
        case .notAReplica:
            failure("not_a_replica", words.notAReplica, words.notAReplicaMend, error)
        case .tooNew: failure("too_new", words.tooNew, words.tooNewMend, error)
        case .corrupt where FilePresence.exists(error.path + "-journal"):
            failure("unfinished", words.unfinished, words.unfinishedMend, error)
        default: failure("unreadable", words.unreadable, words.unreadableMend, error)
        }
    }

    private static func kept(_ fault: KeptReplayFault) -> CommandFailure {
        let words = Messages.auditVerify
        return CommandFailure(
            "kept_of_another", words.keptOfAnother.text(["path": fault.path]),
            mend: words.keptOfAnotherMend.text(), status: .partly,
            facts: [.init("path", .string(fault.path))], cause: fault)
    }

    private static func auditorsOnly(_ error: WireError) -> CommandFailure {
        let words = Messages.auditVerify
        return CommandFailure(
            "role_forbidden", words.auditorsOnly.text(), mend: words.auditorsOnlyMend.text(),
            status: .notAuthorised, cause: error)
    }

    private static func checkpoint(_ error: CheckpointFileFault) -> CommandFailure {
        let words = Messages.auditVerify
        let (code, message, mend): (CommandFailure.Code, Message, Message) =
            switch error.fault {
            case .notACheckpoint:
                ("not_a_checkpoint", words.notACheckpoint, words.notACheckpointMend)
            case .tooNew: ("too_new", words.checkpointTooNew, Messages.audit.tooNewMend)
            case .forged: ("head_forged", words.forgedHead, words.forgedHeadMend)
            case .noHead: ("no_head", words.noHeadYet, words.noHeadYetMend)
            case .notTheJournal: ("head_forged", words.notTheJournal, words.forgedHeadMend)
            }
        return CommandFailure(
            code, message.text(["path": error.path]), mend: mend.text(), status: .partly,
            facts: [.init("path", .string(error.path))], cause: error)
    }

    private static func failure(
        _ code: CommandFailure.Code, _ message: Message, _ mend: Message, _ error: StoreError
    ) -> CommandFailure {
        CommandFailure(
            code, message.text(["path": error.path]), mend: mend.text(), status: .partly,
            facts: [.init("path", .string(error.path))], cause: error)
    }
}
