import ArgumentParser
import CommandKit
import SyncAudit
import SyncProtocol

/// `sync-audit verify`: proves a hub's log, or what a replica holds of it.
struct VerifyCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify", abstract: Messages.auditVerify.abstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.auditVerify.fileHelp.text(), valueName: "a"))
    var file: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(Messages.auditVerify.againstHelp.text(), valueName: "replica"))
    var against: [String] = []

    @Option(help: ArgumentHelp(Messages.auditVerify.sinceHelp.text(), valueName: "checkpoint"))
    var since: [String] = []

    @Option(
        name: .customLong("hub-key"),
        help: ArgumentHelp(Messages.auditVerify.keyHelp.text(), valueName: "key"))
    var hubKey: String?

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        var options = Verifier.Options()
        options.against = against
        options.since = since
        options.hubKey = try hubKey.map(Self.key)
        let report = try Verifier(options).verify(file)
        let console = Console.current
        if globals.isJSON {
            console.print(report.json)
        } else {
            VerifyPage(report).print(to: console)
        }
        // A problem that was found counts more than what could not be looked at.
        if report.hasDefiniteProblems { throw ExitStatus.failed }
        if !report.isComplete { throw ExitStatus.partly }
    }

    private static func key(_ text: String) throws -> PublicKey {
        guard let key = PublicKey(hex: text) else {
            let words = Messages.auditVerify
            throw CommandFailure(
                "bad_hub_key", words.badKey.text(["key": text]), mend: words.badKeyMend.text(),
                status: .usage)
        }
        return key
    }
}
