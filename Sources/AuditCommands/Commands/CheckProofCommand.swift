import ArgumentParser
import CommandKit
import SyncAudit
import SyncProtocol

/// `sync-audit check-proof`: offline, by the hub's key alone.
struct CheckProofCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check-proof", abstract: Messages.auditProof.checkAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.auditProof.proofHelp.text(), valueName: "file"))
    var file: String

    @Option(
        name: .customLong("hub-key"),
        help: ArgumentHelp(Messages.auditProof.keyHelp.text(), valueName: "key"))
    var hubKey: String

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let words = Messages.auditProof
        guard let key = PublicKey(hex: hubKey) else {
            throw CommandFailure(
                "bad_hub_key", words.badKey.text(["key": hubKey]), mend: words.badKeyMend.text(),
                status: .usage)
        }
        let bytes = try FileBytes.read(file, limit: RecordProof.bytesLimit)
        let console = Console.current
        do {
            let proven = try RecordProof(encoded: bytes).check(hubKey: key)
            let page = ProofPage(proven)
            guard !globals.isJSON else { return console.print(page.json) }
            console.print(paragraphs: page.lines)
            console.say(words.notShown.text())
        } catch {

            if globals.isJSON {
                console.print(ProofWords.json(error))
            } else {
                console.print(
                    words.fails.text(["reason": ProofWords.reason(error), "place": error.place]))
            }
            throw ExitStatus.failed
        }
    }
}
