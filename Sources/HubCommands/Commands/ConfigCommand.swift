import ArgumentParser
import CommandKit
import HubConfiguration

/// `sync-hub config show`: what holds, and who said so.
struct ConfigCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "config", abstract: Messages.hubConfiguration.abstract.text(),
            subcommands: [Show.self])
    }

    struct Show: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "show", abstract: Messages.hubConfiguration.showAbstract.text())
        }

        @OptionGroup var data: HubDataOptions
        @OptionGroup var serving: ServeOptions
        @OptionGroup var backup: BackupOptions
        @OptionGroup var globals: GlobalOptions

        func run() async throws {
            let options = data.options.merging(serving.options) { $1 }
                .merging(backup.options) { $1 }
            let settings = try data.configuration.settings(options)
            let page = ConfigurationPage(settings, file: data.configuration.file)
            let console = Console.current
            if globals.isJSON { return console.print(page.json) }
            console.print(page.table)
        }
    }
}
