import CommandKit
import SharedWords
import SyncProtocol
import SyncReplica
import SyncStore

/// What the field program alone says of bundles that are not taken, or not wholly.
enum FieldBundleWords {
    private static var words: BundleMessages { Messages.bundle }

    static func failure(_ fault: BundleUseFault) -> CommandFailure {
        switch fault {
        case .exists(let path): .fileExists(path: path)
        case .anotherSpace(let path): BundleWords.anotherSpace(path)
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
            "kind": BundleWords.name(of: refused.kind), "reason": reason.text(),
        ])
    }
}
