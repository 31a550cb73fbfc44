import ArgumentParser
import CommandKit
import SyncClient
import SyncReplica

/// `token renew`: another token in place of the one that this device has.
struct TokenCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token", abstract: Messages.fieldSetup.tokenAbstract.text(),
            subcommands: [TokenRenew.self])
    }
}

struct TokenRenew: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "renew", abstract: Messages.fieldSetup.tokenRenew.text())
    }

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let replica = try options.open().replica
        let transport = try await HubConnection.open(replica)
        do {
            try await TokenRenewal.run(replica, transport: transport)
        } catch {
            await transport.close()
            throw error
        }
        await transport.close()
        let console = Console.current
        guard !options.isJSON else { return console.print(["renewed": .bool(true)]) }
        console.print(Messages.fieldSetup.tokenRenewed.text())
    }
}
