import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore

/// `add`: saves a new record and repeats what was understood.
struct AddRecord<Fields: RecordFields>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "add", abstract: Messages.fieldHelp.add.text())
    }

    @OptionGroup var fields: Fields

    @Option(help: ArgumentHelp(Messages.fieldHelp.like.text(), valueName: "id|last"))
    var like: String?

    @Flag(
        name: .customLong("allow-personal"),
        help: ArgumentHelp(Messages.fieldHelp.allowPersonal.text()))
    var allowsPersonal = false

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.open()
        let texts = fields.texts
        let checker = try open.checker(Fields.collection, allowsPersonal: allowsPersonal)
        let entry = try checker.newRecord(texts, repeating: repeated(texts, open))
        let key = RecordKey(Fields.collection.name, open.replica.newRecordID())
        let saved = try open.replica.save([Edit(key, .set(entry.fieldsToSave))])[0]
        SaveEcho(open: open, isJSON: options.isJSON).added(saved, entry)
    }

    private func repeated(
        _ texts: [String: String], _ open: OpenReplica
    ) throws -> [String: Value] {
        guard let like else { return [:] }
        let earlier = try RecordSearch(open: open).record(like, in: Fields.collection.name)
        return Fields.collection.repeated(
            from: earlier.values, overriding: Set(texts.keys))
    }
}

extension CheckedEntry {
    /// Names that begin with `_` are the protocol's; this one is the log's own.
    static let personalMark = "personal_allowed"

    /// The fields, and the mark if personal data was let through.
    var fieldsToSave: [String: Value] {
        guard !personalFields.isEmpty else { return fields }
        return fields.merging([Self.personalMark: true]) { $1 }
    }
}
