import CommandKit
import SyncProtocol

/// Words for why a sync stopped for good. What was saved stays saved in every case.
enum HaltWords {
    static func failure(_ halt: SyncSession.Halt) -> CommandFailure {
        let words = Messages.fieldSync
        return switch halt {
        case .copied: made("copied", words.copied, words.olderHubMend, .partly)
        case .hubRestored: made("hub_restored", words.hubRestored, words.olderHubMend, .failed)
        case .logRewritten:
            made("log_rewritten", words.logRewritten, words.logRewrittenMend, .failed)
        case .contended: made("contended", words.contended, words.contendedMend, .temporary)
        }
    }

    private static func made(
        _ code: CommandFailure.Code, _ message: Message, _ mend: Message, _ status: ExitStatus
    ) -> CommandFailure {
        CommandFailure(code, message.text(), mend: mend.text(), status: status)
    }
}
