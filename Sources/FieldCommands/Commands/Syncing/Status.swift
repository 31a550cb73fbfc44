import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// `status`: what is saved, sent and backed up.
struct Status: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "status", abstract: Messages.fieldHelp.status.text())
    }

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let page = StatusPage(status: try open.replica.status(), open: open)
        let console = Console.current
        guard !options.isJSON else { return console.print(page.json) }
        console.print(page.form)
        if let halt = page.status.halt.map(HaltWords.failure) {
            console.warn(halt.message)
            if let mend = halt.mend { console.say(mend) }
        }
        if page.status.isHealing { console.warn(Messages.fieldSync.healing.text()) }
        if !page.status.hasKey { console.warn(Messages.fieldSync.noKey.text()) }
        if let step = page.nextStep {
            console.say(Messages.fieldSync.next.text(["step": step]))
        }
    }
}
