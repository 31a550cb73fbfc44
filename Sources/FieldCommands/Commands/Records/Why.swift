import ArgumentParser
import CommandKit
import SyncCore
import SyncReplica

/// `why`: how far each change of a record has come, and what became of it.
struct Why: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "why", abstract: Messages.fieldHelp.why.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let page = try WhyPage(RecordSearch(open: open).key(anywhere: id), open)
        let console = Console.current
        guard !options.isJSON else { return console.print(page.json) }
        console.print(page.heading(on: console))
        for line in page.lines { console.print("  " + line) }
    }
}
