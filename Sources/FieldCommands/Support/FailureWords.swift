import CommandKit
import OutreachSchema
import SharedWords
import SyncClient
import SyncProtocol
import SyncReplica
import SyncStore
import Workbook

/// The one place where errors of the engine become words, a mend and an exit status.
enum FailureWords {
    private static var words: FailureMessages { Messages.failures }

    /// Nil for an error that is none of the engine's.
    static func failure(for error: any Error) -> CommandFailure? {
        switch error {
        case let fault as ReplicaFault: failure(fault)
        case let error as StoreError: failure(error)
        case let fault as SaveFault: failure(fault)
        case let problem as EntryProblem: EntryWords.failure([problem])
        case let problems as EntryProblems: EntryWords.failure(problems.problems)
        case let error as ImportError: EntryWords.failure(error)
        case let fault as WorkbookFault: WorkbookWords.failure(fault)
        case let fault as InviteFault: failure(fault)
        case let fault as TransportFault: failure(fault)
        case let answer as ForeignAnswer: failure(answer)
        case let error as WireError: WireWords.failure(error)
        case is JoinFault: notSigned(error)
        case let fault as BundleFileFault: BundleWords.failure(fault)
        case let fault as KeepingFault: KeepingWords.failure(fault)
        case let fault as BundleUseFault: FieldBundleWords.failure(fault)
        default: nil
        }
    }

    private static func failure(_ fault: ReplicaFault) -> CommandFailure {
        switch fault {
        case .missing(let path): .noReplica(path: path, command: "sync-field init")
        case .exists(let path) where path.hasSuffix(".key"):
            .about(path, "key_exists", words.keyExists, words.keyExistsMend)
        case .exists(let path):
            .about(path, "replica_exists", words.replicaExists, words.replicaExistsMend)
        case .keyMissing(let path):
            .about(path, "key_missing", words.keyMissing, words.keyMissingMend)
        case .keyPresent(let path):
            .about(path, "key_present", words.keyPresent, words.keyPresentMend)
        case .wrongKey(let path): .about(path, "wrong_key", words.wrongKey, words.wrongKeyMend)
        case .notJoined: plain("not_joined", words.notJoined, words.notJoinedMend)
        case .joinedElsewhere:
            plain("joined_elsewhere", words.joinedElsewhere, words.joinedElsewhereMend)
        case .recordMissing(let collection, let id): recordMissing(collection, id)
        case .recordAmbiguous(let prefix, let count):
            CommandFailure(
                "record_ambiguous",
                words.recordAmbiguous.text(["id": prefix, "n": count]),
                mend: words.recordAmbiguousMend.text(), facts: [.init("count", .int(count))])
        case .conflictMissing(let id):
            CommandFailure(
                "conflict_missing", words.conflictMissing.text(["id": id]),
                mend: words.conflictMissingMend.text())
        }
    }

    private static func recordMissing(_ collection: String, _ id: String) -> CommandFailure {
        let message =
            collection.isEmpty
            ? words.recordMissingAnywhere.text(["id": id])
            : words.recordMissing.text(["collection": label(of: collection), "id": id])
        return CommandFailure("record_missing", message, mend: words.recordMissingMend.text())
    }

    private static func label(of collection: String) -> String {
        Schema.outreach.collection(named: collection)?.label[.current] ?? collection
    }

    private static func failure(_ error: StoreError) -> CommandFailure {
        let path = error.path
        switch error.kind {
        case .locked: return .fileLocked(path: path, cause: error)
        case .readOnly: return .readOnly(path: path, cause: error)
        case .diskFull: return .diskFull(path: path, cause: error)
        case .inputOutput: return .ioFailed(path: path, cause: error)
        case .corrupt: return .about(path, "corrupt", words.corrupt, words.corruptMend)
        case .notAReplica:
            return .about(path, "not_a_replica", words.notAReplica, words.notAReplicaMend)
        case .tooNew: return .about(path, "too_new", words.tooNew, words.tooNewMend)
        case .cannotOpen, .other:
            let facts: [JSONOutput.Member] = [
                .init("path", .string(path)), .init("detail", .string(error.detail)),
            ]
            return CommandFailure(
                "cannot_open", words.cannotOpen.text(["path": path]),
                mend: words.cannotOpenMend.text(), facts: facts, cause: error)
        }
    }

    private static func failure(_ fault: SaveFault) -> CommandFailure {
        let reason = [fault.field, fault.kind.rawValue].filter { !$0.isEmpty }
        return CommandFailure(
            "save_refused", words.saveRefused.text(["reason": reason.joined(separator: ": ")]),
            mend: words.saveRefusedMend.text(),
            facts: [
                .init("field", .string(fault.field)), .init("kind", .string(fault.kind.rawValue)),
            ], cause: fault)
    }

    private static func failure(_ fault: InviteFault) -> CommandFailure {
        switch fault {
        case .notAnInvite:
            plain("not_an_invite", words.notAnInvite, words.notAnInviteMend, .usage)
        case .damaged:
            plain("invite_damaged", words.inviteDamaged, words.inviteDamagedMend, .usage)
        }
    }

    private static func failure(_ fault: TransportFault) -> CommandFailure {
        let url = fault.url
        switch fault.kind {
        case .unreachable: return .hubUnreachable(url: url, cause: fault)
        case .timeout:
            return CommandFailure(
                "hub_timeout", words.timeout.text(["url": url]), mend: words.tryAgainMend.text(),
                status: .temporary, facts: [.init("url", .string(url))], cause: fault)
        case .certificate:
            return CommandFailure(
                "certificate", words.certificate.text(["url": url]),
                mend: words.certificateMend.text(), status: .temporary,
                facts: [.init("url", .string(url))], cause: fault)
        case .badAddress:
            return CommandFailure(
                "bad_address", words.badAddress.text(["url": url]),
                mend: words.badAddressMend.text(), facts: [.init("url", .string(url))])
        }
    }

    private static func failure(_ answer: ForeignAnswer) -> CommandFailure {
        let facts: [JSONOutput.Member] = [
            .init("reason", .string(answer.reason.rawValue)),
            .init("http_status", .int(answer.status)),
        ]
        return switch (answer.reason, answer.status) {
        case (.notThisProtocol, 502...504):
            CommandFailure(
                "hub_unreachable", words.gatewayAway.text(["status": answer.status]),
                mend: words.gatewayAwayMend.text(), status: .temporary, facts: facts, cause: answer)
        case (.notThisProtocol, 413):
            CommandFailure(
                "proxy_limit", words.gatewayLimit.text(), mend: words.gatewayLimitMend.text(),
                status: .temporary, facts: facts, cause: answer)
        case (.notThisProtocol, _), (.redirect, _), (.tooLarge, _):
            CommandFailure(
                "not_the_hub", words.portal.text(), mend: words.portalMend.text(),
                status: .temporary, facts: facts, cause: answer)
        case (.twoKeys, _):
            CommandFailure(
                "hub_keys_two", words.twoKeys.text(), mend: words.twoKeysMend.text(),
                status: .failed, facts: facts, cause: answer)
        case (.cut, _):
            CommandFailure(
                "answer_cut", words.answerCut.text(), mend: words.answerCutMend.text(),
                status: .temporary, facts: facts, cause: answer)
        case (.notSigned, _): notSigned(answer)
        case (.formerKey, _):
            CommandFailure(
                "hub_key_former", words.formerKey.text(), mend: words.formerKeyMend.text(),
                status: .failed, facts: facts, cause: answer)
        }
    }

    private static func notSigned(_ error: any Error) -> CommandFailure {
        CommandFailure(
            "not_signed", words.notSigned.text(), mend: words.notSignedMend.text(),
            status: .temporary, cause: error)
    }

    private static func plain(
        _ code: CommandFailure.Code, _ message: Message, _ mend: Message,
        _ status: ExitStatus = .failed
    ) -> CommandFailure {
        CommandFailure(code, message.text(), mend: mend.text(), status: status)
    }
}
