import CommandKit
import ReportGathering
import SyncAudit
import SyncClient
import SyncProtocol
import SyncStore

/// Why sides could not be compared, in words. An audit that could not be completed ends with 3.
enum DiffFailures {
    private static let words = Messages.auditCauses

    static func words(for fault: DiffFault) -> CommandFailure {
        switch fault.kind {
        case .changedWhileRead:
            failure("changed_while_read", words.changedWhileRead, words.changedWhileReadMend, fault)
        case .hubMovedOn: failure("hub_moved_on", words.hubMovedOn, words.hubMovedOnMend, fault)
        case .contradiction:
            failure("hub_contradiction", words.contradiction, words.contradictionMend, fault)
        case .tokenMissing:
            failure(
                "token_missing", words.tokenMissing, words.tokenMissingMend, fault, status: .usage)
        }
    }

    static func words(for fault: TransportFault) -> CommandFailure {
        incomplete(.hubUnreachable(url: fault.url, cause: fault))
    }

    static func words(for answer: ForeignAnswer) -> CommandFailure {
        if answer.reason == .notThisProtocol, (502...504).contains(answer.status) {
            return incomplete(.hubBusy(url: "HTTP \(answer.status)", cause: answer))
        }
        return words(for: DiffFault(.contradiction, name: "", detail: answer.reason.rawValue))
    }

    static func words(for error: WireError) -> CommandFailure {
        if [401, 403].contains(error.code.status) {
            return .notAuthorised(command: "sync-field join INVITE", cause: error)
        }
        return incomplete(.hubBusy(url: error.code.rawValue, cause: error))
    }

    /// A side that is not there. Not 1: that would say that something differs.
    static func missing(_ error: StoreError) -> CommandFailure {
        incomplete(.fileNotFound(path: error.path, cause: error))
    }

    /// The same words, with the exit code of an audit that could not be completed.
    private static func incomplete(_ failure: CommandFailure) -> CommandFailure {
        CommandFailure(
            failure.code, failure.message, mend: failure.mend, status: .partly,
            facts: failure.facts, cause: failure.cause)
    }

    private static func failure(
        _ code: CommandFailure.Code, _ message: Message, _ mend: Message, _ fault: DiffFault,
        status: ExitStatus = .partly
    ) -> CommandFailure {
        CommandFailure(
            code, message.text(["name": fault.name, "detail": fault.detail]), mend: mend.text(),
            status: status, facts: [.init("name", .string(fault.name))], cause: fault)
    }
}
