import ArgumentParser
import CommandKit

/// `sync-hub`: what the operator runs.
public enum HubProgram {
    /// Runs it with the arguments of the process, and ends the process with its code.
    public static func main() async {
        await CommandRunner.run(SyncHubCommand.self) { HubFailures.words(for: $0) }
    }
}

struct SyncHubCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sync-hub", abstract: Messages.hub.abstract.text(),
            version: ProgramVersion.current,
            subcommands: [
                InitCommand.self, ServeCommand.self, InviteCommand.self, DeviceCommand.self,
                PointCommand.self, StatusCommand.self, PageCommand.self, ImportCommand.self,
                SpaceCommand.self, AddressCommand.self, KeyCommand.self, MigrateCommand.self,
                BackupCommand.self, RestoreCommand.self, FollowCommand.self,
                QuarantineCommand.self, EpochCommand.self, ClockCommand.self, DoctorCommand.self,
                ConfigCommand.self,
            ])
    }
}
