import CommandKit
import SyncStore

/// The one place where an error becomes the auditor's words and an exit code. An audit that could
/// not be completed ends with 3.
enum AuditFailures {
    private static let words = Messages.audit

    /// Nil for an error that the shared reporter knows.
    static func words(for error: any Error) -> CommandFailure? {
        switch error {
        case let error as StoreError: store(error)
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
        default: failure("unreadable", words.unreadable, words.unreadableMend, error)
        }
    }

    private static func failure(
        _ code: CommandFailure.Code, _ message: Message, _ mend: Message, _ error: StoreError
    ) -> CommandFailure {
        CommandFailure(
            code, message.text(["path": error.path]), mend: mend.text(), status: .partly,
            facts: [.init("path", .string(error.path))], cause: error)
    }
}
