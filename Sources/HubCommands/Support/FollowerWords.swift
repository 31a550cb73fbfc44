import CommandKit
import HubKeeping
import SharedWords
import SyncClient
import SyncCore
import SyncProtocol

/// What is said when a hub cannot be followed.
enum FollowerWords {
    private static let words = Messages.hubFollow
    private static let network = Messages.failures

    static func failure(_ fault: FollowerFault) -> CommandFailure {
        switch fault {
        case .noInvite(let path):
            .about(path, "no_invite", words.noInvite, words.noInviteMend, .usage)
        case .followsAlready(let path):
            .about(path, "follows_already", words.followsAlready, words.followsAlreadyMend)
        case .folderUsed(let path):
            .about(path, "in_use", words.folderUsed, words.folderUsedMend)
        case .notAuditor(let role):
            CommandFailure(
                "not_auditor", words.notAuditor.text(["role": role]),
                mend: words.notAuditorMend.text(), status: .notAuthorised)
        case .notAnInvite:
            CommandFailure(
                "not_an_invite", network.notAnInvite.text(), mend: network.notAnInviteMend.text(),
                status: .usage)
        case .left(let found): failure(found)
        }
    }

    private static func failure(_ found: HistoryBreak) -> CommandFailure {
        let (held, shown) = (found.held.head, found.shown.head)
        let message = words.left.text([
            "held_size": held.size, "held_root": held.root.hex.prefix(12),
            "held_epoch": held.epoch.hex.prefix(8), "shown_size": shown.size,
            "shown_root": shown.root.hex.prefix(12), "shown_epoch": shown.epoch.hex.prefix(8),
            "path": found.evidence,
        ])
        let mend =
            found.kind == .putBack
            ? words.putBackMend.text(["common": found.common]) : words.rewrittenMend.text()
        return CommandFailure(
            found.kind == .putBack ? "hub_put_back" : "log_rewritten", message, mend: mend,
            facts: [
                .init("kind", .string(found.kind.rawValue)), .init("held", HeadJSON.json(held)),
                .init("shown", HeadJSON.json(shown)), .init("common", .int(Int(found.common))),
                .init("evidence", .string(found.evidence)),
            ])
    }

    /// Of an entry that was followed.
    static func failure(_ fault: JournalContradiction) -> CommandFailure {
        func text(_ head: SignedHead?) -> String {
            head.map { "\($0.head.size) \($0.head.root.hex.prefix(12))" } ?? "-"
        }
        return CommandFailure(
            "log_contradiction",
            words.contradiction.text([
                "position": fault.position, "check": fault.check.rawValue,
                "held": text(fault.ours), "shown": text(fault.theirs),
            ]), mend: words.contradictionMend.text(), facts: ContradictionWords.facts(fault))
    }

    // MARK: The network

    static func failure(_ fault: TransportFault) -> CommandFailure {
        let url = fault.url
        let (code, message, mend): (CommandFailure.Code, Message, Message)
        switch fault.kind {
        case .unreachable: return .hubUnreachable(url: url, cause: fault)
        case .timeout:
            (code, message, mend) = ("hub_timeout", network.timeout, network.tryAgainMend)
        case .certificate:
            (code, message, mend) = ("certificate", network.certificate, network.certificateMend)
        case .badAddress:
            (code, message, mend) = ("bad_address", network.badAddress, network.badAddressMend)
        }
        return CommandFailure(
            code, message.text(["url": url]), mend: mend.text(),
            status: fault.kind == .badAddress ? .failed : .temporary,
            facts: [.init("url", .string(url))], cause: fault)
    }

    static func failure(_ answer: ForeignAnswer) -> CommandFailure {
        let isSigned = answer.reason != .notSigned
        return CommandFailure(
            isSigned ? "not_the_hub" : "not_signed",
            (isSigned ? network.portal : network.notSigned).text(),
            mend: (isSigned ? network.portalMend : network.notSignedMend).text(),
            status: .temporary,
            facts: [
                .init("reason", .string(answer.reason.rawValue)),
                .init("detail", .string(answer.detail)),
            ], cause: answer)
    }

    private static let shutOut: Set<String> = [
        "token_missing", "token_unknown", "device_unknown", "device_revoked", "role_forbidden",
        "invite_unknown", "invite_expired", "invite_used",
    ]

    static func isShutOut(_ error: WireError) -> Bool { shutOut.contains(error.code.rawValue) }

    static func failure(_ error: WireError) -> CommandFailure {
        CommandFailure(
            CommandFailure.Code(stringLiteral: error.code.rawValue),
            words.refused.text(["code": error.code.rawValue]), mend: words.noInviteMend.text(),
            status: .notAuthorised, facts: [.init("hub_code", .string(error.code.rawValue))],
            cause: error)
    }
}
