import ArgumentParser
import CommandKit

/// `sync-hub`: what the operator runs.
@main
struct SyncHubProgram: AsyncParsableCommand {
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

    static func main() async {
        await CommandRunner.run(SyncHubProgram.self) { HubFailures.words(for: $0) }
    }
}
