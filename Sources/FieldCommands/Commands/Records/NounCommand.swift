import ArgumentParser
import CommandKit
import OutreachSchema

/// `stop`, `activity`, `education`, `hazard`: the commands of one collection.
struct NounCommand<Fields: RecordFields>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Fields.noun,
            abstract: Messages.fieldHelp.noun.text([
                "label": Fields.collection.label[.current]
            ]),
            subcommands: [
                AddRecord<Fields>.self, ListRecords<Fields>.self, ShowRecord<Fields>.self,
                EditRecord<Fields>.self, DeleteRecord<Fields>.self, RestoreRecord<Fields>.self,
            ] + Fields.furtherCommands)
    }
}

/// `point`: what the operator writes and a field device reads.
struct PointCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: PointNoun.noun,
            abstract: Messages.fieldHelp.nounReading.text([
                "label": PointNoun.collection.label[.current]
            ]),
            subcommands: [ListRecords<PointNoun>.self, ShowRecord<PointNoun>.self])
    }
}
