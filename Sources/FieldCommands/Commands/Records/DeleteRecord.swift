import ArgumentParser
import CommandKit
import OutreachSchema
import SyncReplica
import SyncStore

/// `delete`: the record keeps its fields and can be restored.
struct DeleteRecord<Fields: RecordFields>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "delete", abstract: Messages.fieldHelp.delete.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.open()
        let record = try RecordSearch(open: open).record(id, in: Fields.collection.name)
        let saved = try open.replica.save([Edit(record.key, .delete)])[0]
        try SaveEcho(open: open, isJSON: options.isJSON).deleted(saved, noun: Fields.noun)
    }
}

/// `restore`: brings a deleted record back as it was.
struct RestoreRecord<Fields: RecordFields>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "restore", abstract: Messages.fieldHelp.restore.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.open()
        let record = try RecordSearch(open: open, wantsDeleted: true).record(
            id, in: Fields.collection.name)
        let saved = try open.replica.save([Edit(record.key, .restore)])[0]
        try SaveEcho(open: open, isJSON: options.isJSON).restored(saved)
    }
}
