import CommandKit
import SharedWords
import SyncProtocol

/// Words for the hub's own errors, by their code in Protocol/errors.md.
enum WireWords {
    private static var words: FailureMessages { Messages.failures }

    static func failure(_ error: WireError) -> CommandFailure {
        switch error.code.rawValue {
        case "token_missing", "token_unknown", "device_unknown":
            .notAuthorised(command: "sync-field join INVITE", cause: error)
        case "device_revoked": made(error, words.revoked, words.revokedMend, .notAuthorised)
        case "role_forbidden":
            made(error, words.roleForbidden, words.roleForbiddenMend, .notAuthorised)
        case "invite_unknown":
            made(error, words.inviteUnknown, words.newInviteMend, .notAuthorised)
        case "invite_expired":
            made(error, words.inviteExpired, words.newInviteMend, .notAuthorised)
        case "invite_used": made(error, words.inviteUsed, words.newInviteMend, .notAuthorised)
        case "version_unsupported", "not_served":
            made(error, words.version, words.versionMend, .failed)
        case "space_mismatch":
            made(error, words.joinedElsewhere, words.joinedElsewhereMend, .failed)
        case "hub_not_ready", "hub_busy":
            made(error, words.hubNotReady, words.tryAgainMend, .temporary)
        case "number_ahead", "number_taken", "chain_broken":
            made(error, words.hubNotReady, words.tryAgainMend, .temporary)
        case "hub_split": made(error, words.hubSplit, words.hubSplitMend, .temporary)
        case "rate_limited": made(error, words.rateLimited, words.tryAgainMend, .temporary)
        case "quota_reached":
            made(error, words.quotaReached, words.quotaReachedMend, .temporary)
        case "rekey_limit": made(error, words.rekeyLimit, words.rekeyLimitMend, .temporary)
        case "hub_read_only": made(error, words.hubReadOnly, words.hubReadOnlyMend, .temporary)
        default: other(error)
        }
    }

    /// A code that is not known is treated by its status: 5xx and 429 may pass, other 4xx will not.
    private static func other(_ error: WireError) -> CommandFailure {
        let isTemporary = error.code.status >= 500 || error.code.status == 429
        let message = isTemporary ? words.hubFailed : words.hubRefused
        let mend = isTemporary ? words.tryAgainMend : words.hubRefusedMend
        return CommandFailure(
            "hub_error", message.text(["code": error.code.rawValue]), mend: mend.text(),
            status: isTemporary ? .temporary : .failed, facts: facts(error), cause: error)
    }

    private static func made(
        _ error: WireError, _ message: Message, _ mend: Message, _ status: ExitStatus
    ) -> CommandFailure {
        CommandFailure(
            CommandFailure.Code(stringLiteral: error.code.rawValue), message.text(),
            mend: mend.text(), status: status, facts: facts(error), cause: error)
    }

    private static func facts(_ error: WireError) -> [JSONOutput.Member] {
        [.init("hub_code", .string(error.code.rawValue))]
    }
}
