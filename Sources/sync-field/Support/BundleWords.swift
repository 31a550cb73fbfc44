import CommandKit
import SyncProtocol
import SyncReplica
import SyncStore

/// Words for bundles that are not taken, or not wholly.
enum BundleWords {
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

    static func failure(_ fault: BundleUseFault) -> CommandFailure {
        switch fault {
        case .exists(let path): .fileExists(path: path)
        case .anotherSpace(let path):
            about(path, "another_space", words.anotherSpace, words.anotherSpaceMend)
        }
    }

    /// The hub's no to something that came in a bundle.
    static func failure(_ error: WireError) -> CommandFailure { WireWords.failure(error) }

    static func text(_ refused: BundleImport.Refused) -> String {
        let reason =
            switch refused.fault {
            case .malformed: words.itemMalformed
            case .anotherSpace: words.itemAnotherSpace
            case .notSigned: words.itemNotSigned
            }
        return Messages.fieldBundle.refused.text([
            "kind": name(of: refused.kind), "reason": reason.text(),
        ])
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
