import CommandKit
import SharedWords
import SyncHub
import SyncProtocol
import SyncStore

/// What the hub alone says of bundles that it does not take, or not wholly.
enum HubBundleWords {
    static func failure(_ fault: BundleIntakeFault) -> CommandFailure {
        switch fault {
        case .answerExists(let path):
            .about(
                path, "answer_exists", Messages.hubBundle.answerExists,
                Messages.hubBundle.answerExistsMend)
        }
    }

    /// Why an item was refused, and what to do. Codes that need no person's act keep the
    /// protocol's own words.
    static func words(for error: WireError) -> (reason: String, mend: String) {
        let words = Messages.hubBundle
        let found: (Message, Message)? =
            switch error.code {
            case .signatureInvalid: (words.signature, words.signatureMend)
            case .deviceUnknown: (words.notEnrolled, words.inviteMend)
            case .inviteUnknown, .inviteExpired, .inviteUsed: (words.invite, words.inviteMend)
            case .deviceRevoked: (words.revoked, words.revokedMend)
            case .numberAhead: (words.ahead, words.aheadMend)
            case .numberTaken, .chainBroken: (words.copied, words.copiedMend)
            case .headUnknown: (words.restored, words.restoredMend)
            case .spaceMismatch:
                (Messages.bundle.itemAnotherSpace, Messages.bundle.anotherSpaceMend)
            case .jsonMalformed, .fieldMissing, .parameterInvalid, .batchInvalid:
                (Messages.bundle.itemMalformed, words.signatureMend)
            default: nil
            }
        return found.map { ($0.0.text(), $0.1.text()) } ?? (error.message, error.mend)
    }
}
