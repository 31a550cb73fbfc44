import ArgumentParser
import CommandKit
import SyncReplica

/// `sync-field` alone: tonight at a glance, on a terminal; the help elsewhere.
struct Home: AsyncParsableCommand, StandaloneCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "home", abstract: Messages.fieldEntry.homeAbstract.text())
    }

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let console = Console.current
        guard options.isJSON || console.dataColumns != nil else {
            throw CleanExit.helpRequest(SyncField.self)
        }
        let page = try HomePage(options.openForReading())
        guard !options.isJSON else { return console.print(page.json) }
        try page.print(on: console)
    }
}
