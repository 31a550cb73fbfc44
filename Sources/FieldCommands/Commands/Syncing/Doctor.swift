import ArgumentParser
import CommandKit
import SharedWords
import SyncReplica

/// `doctor`: looks this device's replica over.
struct Doctor: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor", abstract: Messages.doctor.fieldAbstract.text())
    }

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let page = HealthPage(try await FieldHealth(options.open().replica).lines())
        let console = Console.current
        if options.isJSON { console.print(page.json) } else { page.print(on: console) }
        if !page.isOK { throw ExitStatus.failed }
    }
}
