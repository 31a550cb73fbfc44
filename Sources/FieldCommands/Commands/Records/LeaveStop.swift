import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore

/// `stop leave`: notes when a stop ended.
struct LeaveStop: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "leave", abstract: Messages.fieldHelp.leave.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @Option(help: ArgumentHelp(Messages.fieldHelp.leaveTime.text(), valueName: "time"))
    var at: String?

    @OptionGroup var entryOptions: EntryOptions

    @OptionGroup var options: ReplicaOptions

    private static let field = "left_at"

    func run() async throws {
        let open = try options.open()
        let collection = CollectionDescription.stops
        let record = try RecordSearch(open: open).record(id, in: collection.name)
        try checkOpen(record, open)
        try RecordChange(
            collection: collection, noun: StopFields.noun, open: open, options: entryOptions,
            isJSON: options.isJSON
        ).save([Self.field: at ?? "now"], on: record)
    }

    /// Pressed twice, the second time would move the first.
    private func checkOpen(_ record: RecordView, _ open: OpenReplica) throws {
        guard at == nil, let left = record.values[Self.field], left != .null else { return }
        let time = open.presenter.text(
            of: left, for: CollectionDescription.stops.field(named: Self.field))
        throw CommandFailure(
            "left_already", Messages.fieldRecords.leftAlready.text(["time": time]),
            mend: Messages.fieldRecords.leftAlreadyMend.text())
    }
}
