import ArgumentParser
import CommandKit
import OutreachSchema
import SyncReplica
import SyncStore

/// `edit`: sets and empties fields of a record.
struct EditRecord<Fields: RecordFields>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "edit", abstract: Messages.fieldHelp.edit.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @OptionGroup var fields: Fields

    @Option(help: ArgumentHelp(Messages.fieldHelp.clear.text(), valueName: "field"))
    var clear: [String] = []

    @OptionGroup var entryOptions: EntryOptions

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let texts = try textsToSet()
        let open = try options.open()
        let record = try RecordSearch(open: open).record(id, in: Fields.collection.name)
        try RecordChange(
            collection: Fields.collection, noun: Fields.noun, open: open, options: entryOptions,
            isJSON: options.isJSON
        ).save(texts, on: record)
    }

    /// A cleared field is one with a blank text.
    private func textsToSet() throws -> [String: String] {
        var texts = fields.texts
        for name in clear.map(Self.fieldName) {
            guard texts.updateValue("", forKey: name) == nil else {
                throw CommandFailure(
                    "set_and_cleared", Messages.fieldRecords.setAndCleared.text(["field": name]),
                    mend: Messages.fieldRecords.setAndClearedMend.text(), status: .usage)
            }
        }
        guard texts.isEmpty else { return texts }
        let example = Fields.collection.fields.first?.option ?? ""
        throw CommandFailure(
            "nothing_to_change", Messages.fieldRecords.nothingToChange.text(),
            mend: Messages.fieldRecords.nothingToChangeMend.text(["example": example]),
            status: .usage)
    }

    /// `--clear left-at`, `--clear --left-at` and `--clear left_at` mean the same.
    private static func fieldName(_ text: String) -> String {
        String(text.drop { $0 == "-" }.map { $0 == "-" ? "_" : $0 })
    }
}
