import ArgumentParser
import CommandKit
import SyncReplica

/// `bundle`: exchange with the hub by files.
struct BundleCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bundle", abstract: Messages.fieldBundle.bundle.text(),
            subcommands: [ExportBundle.self, ImportBundle.self])
    }
}

/// `bundle export`.
struct ExportBundle: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export", abstract: Messages.fieldBundle.export.text())
    }

    @Argument(help: ArgumentHelp(Messages.fieldBundle.exportFile.text(), valueName: "file"))
    var file: String

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let export = try options.open().replica.exportBundle(to: file)
        let console = Console.current
        guard !options.isJSON else {
            return console.print([
                "file": .string(file), "join": .bool(export.asksToJoin),
                "batches": .int(export.batches), "changes": .int(export.changes),
                "carried": .int(export.carried), "left_out": .int(export.leftOut),
            ])
        }
        let words = Messages.fieldBundle
        console.print(words.exported.text(["file": file, "n": export.changes]))
        if export.asksToJoin { console.print(words.exportedJoin.text()) }
        if export.carried > 0 {
            console.print(words.exportedCarried.text(["n": export.carried]))
        }
        if export.leftOut > 0 { console.warn(words.leftOut.text(["n": export.leftOut])) }
        console.say(words.exportNext.text())
    }
}
