import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// `record`: looks into any collection of this or a newer version.
struct RecordCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "record", abstract: Messages.fieldHelp.record.text(),
            subcommands: [ListCollections.self, ListAnyRecords.self, ShowAnyRecord.self])
    }
}

/// `record collections`: names and numbers of records.
struct ListCollections: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "collections", abstract: Messages.fieldHelp.collections.text())
    }

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let counts = try options.openForReading().replica.counts().sorted { $0.key < $1.key }
        let console = Console.current
        guard !options.isJSON else {
            return console.print(
                .array(counts.map { ["collection": .string($0.key), "records": .int($0.value)] }))
        }
        guard !counts.isEmpty else { return console.say(Messages.fieldRecords.none.text()) }
        let words = Messages.fieldRecords
        var table = Table([
            .fixed(words.collectionHeader.text()), .number(words.countHeader.text()),
            .text(words.labelHeader.text()),
        ])
        for (name, count) in counts {
            let label = Schema.outreach.label(ofCollection: name)?[.current] ?? ""
            table.append([name, "\(count)", label])
        }
        console.print(table)
    }
}

/// `record list`: the records of any collection, with what is in them.
struct ListAnyRecords: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Messages.fieldHelp.list.text())
    }

    @Argument(help: ArgumentHelp(Messages.fieldHelp.collection.text(), valueName: "collection"))
    var collection: String

    @Flag(
        name: .customLong("deleted"), help: ArgumentHelp(Messages.fieldHelp.deleted.text()))
    var isDeleted = false

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        try CollectionName.check(collection, in: open)
        var found: [ShownRecord] = []
        try open.replica.eachRecord(in: collection) { view in
            if view.isDeleted == isDeleted { found.append(open.shown(view.state)) }
        }
        let console = Console.current
        guard !options.isJSON else { return console.print(.array(found.map(\.json))) }
        guard !found.isEmpty else { return console.say(Messages.fieldRecords.none.text()) }
        let digits = ShortID.digits(telling: found.map(\.state.key.id))
        let words = Messages.fieldRecords
        var table = Table([.fixed(words.idHeader.text()), .text(words.contentHeader.text())])
        for record in found {
            let content = record.fieldNames.map { name in
                let field = record.collection?.field(named: name)
                let value = open.presenter.text(of: record.values[name] ?? .null, for: field)
                return "\(name)=\(value)"
            }
            table.append([
                String(record.state.key.id.hex.prefix(digits)), content.joined(separator: " "),
            ])
        }
        console.print(table)
    }
}

/// `record show`: one record of any collection.
struct ShowAnyRecord: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Messages.fieldHelp.show.text())
    }

    @Argument(help: ArgumentHelp(Messages.fieldHelp.collection.text(), valueName: "collection"))
    var collection: String

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        try CollectionName.check(collection, in: open)
        let view = try RecordSearch(open: open).record(id, in: collection)
        try RecordPage(view: view, open: open).print(isJSON: options.isJSON)
    }
}
