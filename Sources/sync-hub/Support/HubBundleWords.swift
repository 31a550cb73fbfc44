import CommandKit
import SyncHub
import SyncProtocol
import SyncStore

/// Words for bundles that the hub does not take, or not wholly.
enum HubBundleWords {
    private static var words: BundleMessages { Messages.bundle }

    static func failure(_ fault: BundleFileFault) -> CommandFailure {
        let path = fault.path
        return switch fault.fault {
        case .notABundle: about(path, "not_a_bundle", words.notABundle, words.notABundleMend)
        case .tooNew: about(path, "bundle_too_new", words.tooNew, words.tooNewMend)
        case .truncated: about(path, "bundle_truncated", words.truncated, words.copyAgain)
        case .damaged: about(path, "bundle_damaged", words.damaged, words.copyAgain)
        case .tooLarge: about(path, "bundle_too_large", words.tooLarge, words.tooLargeMend)
        }
    }

    static func failure(_ fault: BundleIntakeFault) -> CommandFailure {
        switch fault {
        case .answerExists(let path):
            about(
                path, "answer_exists", Messages.hubBundle.answerExists,
                Messages.hubBundle.answerExistsMend)
        }
    }

    static func anotherSpace(_ path: String) -> CommandFailure {
        about(path, "another_space", words.anotherSpace, words.anotherSpaceMend)
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

    static func name(of kind: BundleItem.Kind) -> String {
        let message =
            switch kind {
            case .join: words.join
            case .push: words.push
            case .pull: words.pull
            case .enrolment: words.enrolment
            case .page: words.page
            case .receipt: words.receipt
            case .refused: words.refusal
            }
        return message.text()
    }

    private static func about(
        _ path: String, _ code: CommandFailure.Code, _ message: Message, _ mend: Message
    ) -> CommandFailure {
        CommandFailure(
            code, message.text(["path": path]), mend: mend.text(),
            facts: [.init("path", .string(path))])
    }
}
