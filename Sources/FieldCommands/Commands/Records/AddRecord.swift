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

    @Argument(
        help: ArgumentHelp(Fields.wordsHelp.text(), valueName: "word"),
        completion: Completions.firstWord(of: Fields.collection))
    var words: [String] = []

    @OptionGroup var fields: Fields

    @Option(help: ArgumentHelp(Messages.fieldHelp.like.text(), valueName: "id|last"))
    var like: String?

    @OptionGroup var entryOptions: EntryOptions

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.open()
        if words.isEmpty, fields.texts.isEmpty, like == nil,
            EntryScreen.isPossible(isJSON: options.isJSON)
        {
            return try EntryScreen(
                collection: Fields.collection, open: open, options: entryOptions
            ).run()
        }
        let entry = try NewEntry(
            collection: Fields.collection, open: open, options: entryOptions,
            isJSON: options.isJSON
        ).entry(words: words, texts: fields.texts, like: like)
        let key = RecordKey(Fields.collection.name, open.replica.newRecordID())
        let saved = try open.replica.save([Edit(key, .set(entry.fieldsToSave))])[0]
        try SaveEcho(open: open, isJSON: options.isJSON).added(saved, entry)
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
