import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore

/// `list`: records of one collection, by their time.
struct ListRecords<Noun: RecordNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Messages.fieldHelp.list.text())
    }

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(Messages.fieldHelp.filter.text(), valueName: "field=value"))
    var conditions: [String] = []

    @Option(help: ArgumentHelp(Messages.fieldHelp.shift.text(), valueName: "date"))
    var shift: String?

    @Option(help: ArgumentHelp(Messages.fieldHelp.limit.text(), valueName: "number"))
    var limit: UInt?

    @Flag(
        name: .customLong("deleted"), help: ArgumentHelp(Messages.fieldHelp.deleted.text()))
    var isDeleted = false

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let filter = try RecordFilter(
            collection: Noun.collection, isDeleted: isDeleted, conditions: conditions,
            shift: shift.map { try ShiftArgument.shift($0, in: open) }, open: open)
        let (shown, total) = try records(filter)
        let console = Console.current
        guard !options.isJSON else { return console.print(.array(shown.map(\.json))) }
        guard !shown.isEmpty else { return console.say(Messages.fieldRecords.none.text()) }
        let isNumbered =
            Noun.collection.eventTimeField != nil
            && ListMemory(open.replica).keep(shown.map(\.state.key.id), of: Noun.collection.name)
        let (table, leftOut) = try RecordTable(shown, open)
            .table(fitting: console.dataColumns, isNumbered: isNumbered)
        console.print(table)
        if !leftOut.isEmpty {
            let names = leftOut.joined(separator: open.language == .chinese ? "、" : ", ")
            console.say(Messages.fieldRecords.columnsLeftOut.text(["names": names]))
        }
        guard shown.count < total else { return }
        console.say(
            Messages.fieldRecords.rowsLeftOut.text(["shown": shown.count, "n": total]))
    }

    /// What is shown, and how many there are in all.
    private func records(_ filter: RecordFilter) throws -> ([ShownRecord], Int) {
        if let limit, let latest = try filter.latest(Int(clamping: limit)) { return latest }
        let found = try filter.records()
        return (limit.map { Array(found.suffix(Int(clamping: $0))) } ?? found, found.count)
    }
}
