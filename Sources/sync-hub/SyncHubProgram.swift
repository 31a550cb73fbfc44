import ArgumentParser
import CommandKit

/// `sync-hub`: what the operator runs.
@main
struct SyncHubProgram: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sync-hub", abstract: Messages.hub.abstract.text(), version: "0.1.0",
            subcommands: [
                InitCommand.self, ServeCommand.self, InviteCommand.self, DeviceCommand.self,
                PointCommand.self, StatusCommand.self,
            ])
    }

    static func main() async {
        await CommandRunner.run(SyncHubProgram.self) { HubFailures.words(for: $0) }
    }
}
