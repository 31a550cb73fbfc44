import ArgumentParser
import CommandKit
import SyncReplica
import SyncStore

/// `bundle import`: takes what is this device's, holds the rest for others.
struct ImportBundle: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "import", abstract: Messages.fieldBundle.take.text())
    }

    @Argument(help: ArgumentHelp(Messages.fieldBundle.importFiles.text(), valueName: "file"))
    var files: [String]

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.open()
        // All are read through first: a damaged one is refused before anything is changed.
        let bundles = try files.map { path in
            guard FilePresence.exists(path) else { throw CommandFailure.fileNotFound(path: path) }
            return try BundleFile(path: path)
        }
        let summaries = try bundles.map { bundle in
            BundleSummary(
                file: bundle.path, report: try open.replica.importBundle(bundle),
                names: try DeviceNames(open), status: try open.replica.status())
        }
        let console = Console.current
        if options.isJSON {
            console.print(["files": .array(try summaries.map { try $0.json })])
        } else {
            for summary in summaries {
                if summaries.count > 1 {
                    console.print(Messages.fieldBundle.file.text(["file": summary.file]))
                }
                try summary.print(on: console)
            }
        }
        if let status = summaries.map(\.exit).first(where: { $0 != .ok }) { throw status }
    }
}
