import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore

/// Which of the two values shall stand.
enum ConflictSide: String, ExpressibleByArgument, CaseIterable {
    case kept, lost
}

/// `conflict resolve`: an ordinary change that names the conflict.
struct ResolveConflict: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "resolve", abstract: Messages.fieldHelp.conflictResolve.text())
    }

    @Argument(help: ArgumentHelp(Messages.fieldHelp.conflictID.text(), valueName: "id"))
    var id: String

    @Option(help: ArgumentHelp(Messages.fieldHelp.use.text(), valueName: "kept|lost"))
    var use: ConflictSide?

    @Option(help: ArgumentHelp(Messages.fieldHelp.value.text(), valueName: "value"))
    var value: String?

    @Flag(
        name: .customLong("allow-personal"),
        help: ArgumentHelp(Messages.fieldHelp.allowPersonal.text()))
    var allowsPersonal = false

    @OptionGroup var options: ReplicaOptions

    func validate() throws {
        guard (use == nil) != (value == nil) else {
            throw ValidationError(Messages.fieldWhy.oneChoice.text())
        }
    }

    func run() async throws {
        let open = try options.open()
        let view = try ConflictSearch.conflict(id, in: open)
        let saved = try open.replica.resolve(view, try choice(view, open))
        let page = try ConflictPage(view, open, DeviceNames(open))
        let console = Console.current
        if page.isResolved { console.warn(Messages.fieldWhy.settledAlready.text()) }
        let record = open.shown(saved.state)
        guard !options.isJSON else { return console.print(record.json) }
        let register = saved.state[view.conflict.field]
        let isDeleted = saved.state.isDeleted
        let stands =
            isDeleted ? Messages.fieldWhy.wasDeleted.text() : register.map(page.text) ?? ""
        console.print(
            Messages.fieldWhy.settled.text([
                "id": view.id.hex.prefix(12), "field": page.fieldLabel, "value": stands,
            ]))
    }

    private func choice(_ view: ConflictView, _ open: OpenReplica) throws -> ConflictChoice {
        switch (use, value) {
        case (.kept, _): .kept
        case (.lost, _): .lost
        case (nil, let text): .value(try value(text ?? "", view.conflict, open))
        }
    }

    /// A field of the schema is checked like an entry; one that it does not know takes a JSON
    /// scalar, or else the text as it is.
    private func value(
        _ text: String, _ conflict: Conflict, _ open: OpenReplica
    ) throws -> Value {
        guard conflict.field != FieldName.deleted, conflict.keptField != FieldName.deleted else {
            throw CommandFailure(
                "no_value_for_deletion", Messages.fieldWhy.noValueForDeletion.text(),
                mend: Messages.fieldWhy.noValueForDeletionMend.text(), status: .usage)
        }
        guard let collection = Schema.outreach.collection(named: conflict.record.collection),
            collection.field(named: conflict.field) != nil
        else { return (try? JSONParser.parse(Array(text.utf8)))?.scalar ?? .text(text) }
        let checker = try open.checker(collection, allowsPersonal: allowsPersonal)
        let current = try open.replica.record(conflict.record)?.values ?? [:]
        let entry = try checker.edit([conflict.field: text], of: current)
        if !entry.personalFields.isEmpty {
            try open.replica.save([
                Edit(conflict.record, .set([CheckedEntry.personalMark: true]))
            ])
        }
        return entry.fields[conflict.field] ?? .null
    }
}
