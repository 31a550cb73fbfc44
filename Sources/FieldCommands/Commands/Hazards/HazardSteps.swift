import ArgumentParser
import CommandKit
import OutreachSchema
import SyncReplica

/// `hazard assign`: hands a hazard to a department.
struct AssignHazard: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "assign", abstract: Messages.fieldHelp.assign.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.department.text(), valueName: "department"),
        completion: Completions.words(of: "assigned_to", in: .hazards))
    var department: String

    @OptionGroup var entryOptions: EntryOptions

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        try HazardStep(options: options, entryOptions: entryOptions)
            .save(["status": "assigned", "assigned_to": department], on: id)
    }
}

/// `hazard resolve`: the hazard is gone.
struct ResolveHazard: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "resolve", abstract: Messages.fieldHelp.resolve.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @Argument(help: ArgumentHelp(Messages.fieldHelp.resolution.text(), valueName: "word"))
    var words: [String] = []

    @Option(help: ArgumentHelp(Messages.fieldHelp.resolveTime.text(), valueName: "time"))
    var at: String?

    @Flag(
        name: .customLong("accident-prevented"),
        help: ArgumentHelp(Messages.fieldHelp.accidentPrevented.text()))
    var hasPreventedAccident = false

    @OptionGroup var entryOptions: EntryOptions

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        var texts = ["status": "resolved", "resolved_at": at ?? "now"]
        if !words.isEmpty { texts["resolution"] = words.joined(separator: " ") }
        if hasPreventedAccident { texts["accident_prevented"] = "yes" }
        try HazardStep(options: options, entryOptions: entryOptions).save(texts, on: id)
    }
}

/// `hazard dismiss`: it was none.
struct DismissHazard: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "dismiss", abstract: Messages.fieldHelp.dismiss.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @Argument(help: ArgumentHelp(Messages.fieldHelp.reason.text(), valueName: "word"))
    var words: [String] = []

    @OptionGroup var entryOptions: EntryOptions

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        var texts = ["status": "dismissed"]
        if !words.isEmpty { texts["resolution"] = words.joined(separator: " ") }
        try HazardStep(options: options, entryOptions: entryOptions).save(texts, on: id)
    }
}

/// A step in the life of a hazard: an ordinary edit.
struct HazardStep {
    let options: ReplicaOptions
    let entryOptions: EntryOptions

    func save(_ texts: [String: String], on id: String) throws {
        let open = try options.open()
        let record = try RecordSearch(open: open).record(id, in: HazardFields.collection.name)
        try RecordChange(
            collection: HazardFields.collection, noun: HazardFields.noun, open: open,
            options: entryOptions, isJSON: options.isJSON
        ).save(texts, on: record)
    }
}
