public import CommandKit
public import SyncProtocol
public import SyncStore

/// What all three programs say of a bundle.
public enum BundleWords {
    private static var words: BundleMessages { Messages.bundle }

    /// A bundle's file that is not taken.
    ///
    /// - Parameter status: what the program's exit code says of it.
    public static func failure(
        _ fault: BundleFileFault, status: ExitStatus = .failed
    ) -> CommandFailure {
        let (code, message, mend): (CommandFailure.Code, Message, Message) =
            switch fault.fault {
            case .notABundle: ("not_a_bundle", words.notABundle, words.notABundleMend)
            case .tooNew: ("bundle_too_new", words.tooNew, words.tooNewMend)
            case .truncated: ("bundle_truncated", words.truncated, words.copyAgain)
            case .damaged: ("bundle_damaged", words.damaged, words.copyAgain)
            case .tooLarge: ("bundle_too_large", words.tooLarge, words.tooLargeMend)
            }
        return .about(fault.path, code, message, mend, status, cause: fault)
    }

    /// A bundle of another space than the one that is here.
    public static func anotherSpace(_ path: String) -> CommandFailure {
        .about(path, "another_space", words.anotherSpace, words.anotherSpaceMend)
    }

    /// What an item is, e.g. "push".
    public static func name(of kind: BundleItem.Kind) -> String {
        let message =
            switch kind {
            case .keys: words.keys
            case .join: words.join
            case .push: words.push
            case .pull: words.pull
            case .enrolment: words.enrolment
            case .page: words.page
            case .receipt: words.receipt
            case .refused: words.refusal
            case .ask: words.ask
            case .heads, .batches, .found: words.healing
            }
        return message.text()
    }
}
