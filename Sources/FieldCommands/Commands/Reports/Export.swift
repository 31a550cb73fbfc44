import ArgumentParser
import CommandKit
import OutreachSchema
import SyncReplica
import SyncStore

/// `export`: the records for a spreadsheet, a map or a program.
struct Export: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export", abstract: Messages.fieldDesk.exportAbstract.text())
    }

    @Option(
        name: .customLong("collection"),
        help: ArgumentHelp(Messages.fieldReports.exportCollection.text(), valueName: "name"))
    var collections: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(Messages.fieldReports.exportOutput.text(), valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp(Messages.fieldDesk.format.text(), valueName: "form"))
    var format: FileFormat?

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        var run = ExportRun(open)
        try write(&run, open)
        run.say(to: output, on: .current)
    }

    private func write(_ run: inout ExportRun, _ open: OpenReplica) throws {
        if options.isJSON && format == nil {
            return try put(run.objects(of: names(open), isArray: false))
        }
        switch format ?? FileFormat(ending: output) ?? .csv {
        case .json: try put(run.objects(of: names(open), isArray: true))
        case .csv: try put(run.csv(of: one()))
        case .geojson: try put(run.geoJSON(of: one()))
        case .xlsx:
            guard !FilePresence.exists(output) else {
                throw CommandFailure.fileExists(path: output)
            }
            let collection = try one()
            guard
                try FileBytes.placing(
                    output, { try run.writeWorkbook(of: collection, to: $0) })
            else { throw CommandFailure.fileExists(path: output) }
        }
    }

    private func put(_ bytes: [UInt8]) throws {
        if output == "-" {
            Console.current.write(String(decoding: bytes, as: UTF8.self))
        } else if try !FileBytes.create(bytes, at: output) {
            throw CommandFailure.fileExists(path: output)
        }
    }

    private func names(_ open: OpenReplica) throws -> [String] {
        for name in collections { try CollectionName.check(name, in: open) }
        return collections.isEmpty ? try open.replica.counts().keys.sorted() : collections
    }

    /// A table has one header, so it holds one collection.
    private func one() throws -> CollectionDescription {
        guard collections.count == 1, let name = collections.first else {
            let names = Schema.outreach.collections.map(\.name).joined(separator: ", ")
            throw CommandFailure(
                "one_collection", Messages.fieldReports.exportOne.text(),
                mend: Messages.fieldReports.exportOneMend.text(["names": names]), status: .usage)
        }
        guard
            let collection = Schema.outreach.collection(named: name)
                ?? CollectionName.collection(named: name)
        else { throw CollectionName.unknown(name, Schema.outreach.collections.map(\.name)) }
        return collection
    }
}
