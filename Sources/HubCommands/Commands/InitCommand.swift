import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import SystemTimeZones

/// `sync-hub init`: a new space, in an empty folder.
struct InitCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "init", abstract: Messages.hub.initAbstract.text())
    }

    @OptionGroup var data: HubFolderOptions
    @Option(help: ArgumentHelp(Messages.hub.spaceHelp.text(), valueName: "name"))
    var space: String = "FieldSync"
    @Option(help: ArgumentHelp(Messages.hub.zoneHelp.text(), valueName: "zone"))
    var timeZone: String = "Asia/Shanghai"
    @Option(help: ArgumentHelp(Messages.hub.urlHelp.text(), valueName: "url"))
    var url: String?
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let words = Messages.hub
        try SpaceArguments.check(title: space, timeZone: timeZone)
        let url = try url.map { try HubURL.checked($0) }
        let path = try data.path()
        let store = try HubFolder(path).create(
            .init(
                name: space, timeZone: timeZone,
                operatorCollections: Schema.operatorCollections, url: url),
            environment: .system)
        let facts = try store.facts()
        try store.close()
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "space": .string(facts.space.hex), "name": .string(facts.name),
                "hub_key": .string(facts.hubKey.hex), "time_zone": .string(facts.timeZone),
                "data": .string(path),
            ])
        }
        console.print(words.made.text(["space": space, "path": path]))
        console.say(words.madeNext.text(["path": path]))
    }
}
