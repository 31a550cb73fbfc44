import ArgumentParser
import CommandKit

/// The program of a field device: save, look up, sync.
public enum FieldProgram {
    /// Runs it with the arguments of the process, and ends the process with its code.
    public static func main() async {
        await CommandRunner.run(
            SyncField.self, language: ConfigFile.current.language,
            help: HelpExtras(examples: FieldExamples.all, topics: HelpTopics.all)
        ) { FailureWords.failure(for: $0) }
    }
}

struct SyncField: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sync-field", abstract: Messages.fieldHelp.program.text(),
            version: ProgramVersion.current,
            subcommands: [
                Initialise.self, Join.self, TokenCommand.self,
                NounCommand<StopFields>.self, NounCommand<ActivityFields>.self,
                NounCommand<EducationFields>.self, NounCommand<HazardFields>.self,
                PointCommand.self, RecordCommand.self, Undo.self,
                Sync.self, Status.self, Check.self, Why.self, History.self, ConflictCommand.self,
                Home.self, ImportFile.self, Report.self, Handover.self, Export.self,
                BundleCommand.self, Backup.self, Restore.self, Doctor.self,
            ], defaultSubcommand: Home.self)
    }
}
