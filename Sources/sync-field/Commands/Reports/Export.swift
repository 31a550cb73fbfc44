import ArgumentParser
import CommandKit
import OutreachSchema
import SyncReplica

/// `export`: the records as CSV for a spreadsheet, or as lines of JSON for programs.
struct Export: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export", abstract: Messages.fieldReports.exportAbstract.text())
    }

    @Option(
        name: .customLong("collection"),
        help: ArgumentHelp(Messages.fieldReports.exportCollection.text(), valueName: "name"))
    var collections: [String] = []

    @Option(help: ArgumentHelp(Messages.fieldReports.exportOutput.text(), valueName: "file"))
    var output: String

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let run = try options.isJSON ? lines(open) : table(open)
        let console = Console.current
        if output == "-" {
            console.write(String(decoding: run.bytes, as: UTF8.self))
        } else if try !FileBytes.create(run.bytes, at: output) {
            throw CommandFailure.fileExists(path: output)
        }
        run.say(to: output, on: console)
    }

    private func lines(_ open: OpenReplica) throws -> ExportRun {
        for name in collections { try CollectionName.check(name, in: open) }
        let present = try open.replica.counts().keys
        let names = collections.isEmpty ? present.sorted() : collections
        var run = ExportRun(open)
        for name in names { try run.appendLines(of: name) }
        return run
    }

    /// A CSV file has one header, so it holds one collection.
    private func table(_ open: OpenReplica) throws -> ExportRun {
        guard collections.count == 1, let name = collections.first else {
            let names = Schema.outreach.collections.map(\.name).joined(separator: ", ")
            throw CommandFailure(
                "one_collection", Messages.fieldReports.exportOne.text(),
                mend: Messages.fieldReports.exportOneMend.text(["names": names]), status: .usage)
        }
        guard let collection = Schema.outreach.collection(named: name) else {
            throw CollectionName.unknown(name, Schema.outreach.collections.map(\.name))
        }
        var run = ExportRun(open)
        try run.appendTable(of: collection)
        return run
    }
}
