import ArgumentParser
import CommandKit
import OutreachSchema
import ReportGathering
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import SystemTimeZones

/// `sync-hub point import FILE`, `list`, `retire`, `restore`.
struct PointCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "point", abstract: Messages.hub.pointAbstract.text(),
            subcommands: [
                PointImportCommand.self, PointListCommand.self, PointRetireCommand.self,
                PointRestoreCommand.self,
            ])
    }
}

struct PointImportCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import", abstract: Messages.hub.pointImportAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hub.fileHelp.text(), valueName: "file"))
    var file: String
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        let zone = try ZoneRules.ofSpace(store.facts().timeZone)
        let rows = try read(zone)
        let edits = rows.accepted.map { row in
            Edit(RecordKey(CollectionDescription.points.name, row.id), .set(row.fields))
        }
        let changed = try store.save(edits)
        report(rows, changed)
        if !rows.rejected.isEmpty { throw ExitStatus.partly }
    }

    private typealias Rows = (accepted: [ImportedRow], rejected: [RejectedRow])

    private func read(_ zone: ZoneRules) throws -> Rows {
        let bytes = try FileBytes.read(file)
        var rows: Rows = ([], [])
        do {
            var reader = try ImportReader(bytes, into: .points, zone: zone)
            while let outcome = reader.next() {
                switch outcome {
                case .accepted(let row): rows.accepted.append(row)
                case .rejected(let row): rows.rejected.append(row)
                }
            }
        } catch {
            let language = Self.labels
            throw CommandFailure(
                "import", error.message[language], mend: error.mend[language], cause: error)
        }
        return rows
    }

    private static var labels: LabelLanguage {
        LabelLanguage.current
    }

    private func report(_ rows: Rows, _ changed: Int) {
        let console = Console.current
        let read = rows.accepted.count + rows.rejected.count
        if globals.isJSON {
            return console.print([
                "read": .int(read), "changed": .int(changed),
                "rejected": .array(
                    rows.rejected.map {
                        ["line": .int($0.line), "reason": .string($0.reason(in: .english))]
                    }),
            ])
        }
        for row in rows.rejected {
            console.warn(row.reason(in: Self.labels))
        }
        console.print(
            Messages.hub.imported.text([
                "read": read, "changed": changed, "rejected": rows.rejected.count,
            ]))
    }
}
