import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// `show`: all of one record, with who wrote what.
struct ShowRecord<Noun: RecordNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Messages.fieldHelp.show.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let view = try RecordSearch(open: open).record(id, in: Noun.collection.name)
        try RecordPage(view: view, open: open).print(isJSON: options.isJSON)
    }
}

/// One record in full.
struct RecordPage {
    let view: RecordView
    let open: OpenReplica

    func print(isJSON: Bool) throws {
        let record = open.shown(view.state)
        let console = Console.current
        guard !isJSON else { return console.print(try json(record)) }
        console.print(console.styled("\(record.label)  \(view.key.id.hex)", .bold))
        let form = RecordForm(record: record, open: open)
        console.print(try form.form(with: DeviceNames(open)))
    }

    /// The record, and for each field its stamp with the writer's name.
    private func json(_ record: ShownRecord) throws -> JSONOutput {
        guard case .object(let members) = record.json else { return record.json }
        let devices = try DeviceNames(open)
        let stamps = try view.state.fields.map { field in
            let stamp = field.register.stamp
            return JSONOutput.Member(
                field.name,
                [
                    "stamp": .string(stamp.text), "device": .string(stamp.device.hex),
                    "name": JSONOutput(try devices.registeredName(of: stamp.device)),
                ])
        }
        return .object(
            members + [
                .init("position", .int(Int(view.position))), .init("stamps", .object(stamps)),
            ]
        )
    }
}
