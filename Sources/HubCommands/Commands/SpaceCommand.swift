import ArgumentParser
import CommandKit
import OutreachSchema
import PostgresStore
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import SystemTimeZones

/// `sync-hub space add|list|rename|retire`: the spaces of a database; `describe`: what a space is
/// called, and its time zone, wherever it lies.
struct SpaceCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "space", abstract: Messages.hubSpaces.abstract.text(),
            subcommands: [Add.self, List.self, Rename.self, Retire.self, Describe.self])
    }

    struct Add: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "add", abstract: Messages.hubSpaces.addAbstract.text())
        }

        @Argument(help: ArgumentHelp(Messages.hubSpaces.nameHelp.text(), valueName: "name"))
        var name: String
        @OptionGroup var database: DatabaseOptions
        @Option(help: ArgumentHelp(Messages.hubSpaces.titleHelp.text(), valueName: "title"))
        var title: String?
        @Option(help: ArgumentHelp(Messages.hub.zoneHelp.text(), valueName: "zone"))
        var timeZone: String = "Asia/Shanghai"
        @Option(help: ArgumentHelp(Messages.hub.urlHelp.text(), valueName: "url"))
        var url: String?
        @OptionGroup var globals: GlobalOptions

        func run() async throws {
            #if PostgreSQL
                try SpaceArguments.check(title: title, timeZone: timeZone)
                let url = try url.map { try HubURL.checked($0) }
                let store = try database.place().spaces(makesKey: true).add(
                    name,
                    .init(
                        name: title ?? name, timeZone: timeZone,
                        operatorCollections: Schema.operatorCollections, url: url))
                let facts = try store.facts()
                let console = Console.current
                if globals.isJSON {
                    return console.print([
                        "space": .string(facts.space.hex), "name": .string(name),
                        "title": .string(facts.name), "hub_key": .string(facts.hubKey.hex),
                        "time_zone": .string(facts.timeZone),
                    ])
                }
                console.print(
                    Messages.hubSpaces.added.text(["name": name, "key": facts.hubKey.hex]))
                console.say(Messages.hubSpaces.addedNext.text(["name": name]))
            #else
                throw DatabasePlace.notBuilt
            #endif
        }
    }

    struct Describe: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "describe", abstract: Messages.hubMoving.describeAbstract.text())
        }

        @OptionGroup var data: HubDataOptions
        @Option(help: ArgumentHelp(Messages.hubSpaces.titleHelp.text(), valueName: "title"))
        var title: String?
        @Option(help: ArgumentHelp(Messages.hub.zoneHelp.text(), valueName: "zone"))
        var timeZone: String?
        @OptionGroup var globals: GlobalOptions

        func run() async throws {
            try SpaceArguments.check(title: title, timeZone: timeZone)
            let store = try data.open()
            try store.describeSpace(name: title, timeZone: timeZone)
            let facts = try store.facts()
            let console = Console.current
            if globals.isJSON {
                return console.print([
                    "space": .string(facts.space.hex), "title": .string(facts.name),
                    "time_zone": .string(facts.timeZone),
                ])
            }
            console.print(
                Messages.hubMoving.described.text([
                    "name": facts.name, "zone": facts.timeZone,
                ]))
        }
    }

    struct List: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "list", abstract: Messages.hubSpaces.listAbstract.text())
        }

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var globals: GlobalOptions

        func run() async throws {
            #if PostgreSQL
                let spaces = try database.place().directory().list()
                let console = Console.current
                if globals.isJSON {
                    return console.print(
                        .array(
                            spaces.map {
                                [
                                    "name": .string($0.name), "schema": .int($0.version),
                                    "database": .string($0.database),
                                    "retired_at": JSONOutput(
                                        $0.retiredAt.map { RFC3339.text(utcSeconds: $0 / 1_000) }),
                                ]
                            }))
                }
                let words = Messages.hubSpaces
                var table = Table([.text(words.space.text()), .text(words.state.text())])
                for space in spaces {
                    let state = space.retiredAt == nil ? words.inUse : words.outOfUse
                    table.append([space.name, state.text()])
                }
                console.print(table)
            #else
                throw DatabasePlace.notBuilt
            #endif
        }
    }

    struct Rename: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "rename", abstract: Messages.hubSpaces.renameAbstract.text())
        }

        @Argument(help: ArgumentHelp(Messages.hubSpaces.nameHelp.text(), valueName: "name"))
        var name: String
        @Argument(help: ArgumentHelp(Messages.hubSpaces.newNameHelp.text(), valueName: "new"))
        var new: String
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var globals: GlobalOptions

        func run() async throws {
            #if PostgreSQL
                try database.place().directory().database(of: name).rename(name, to: new)
                let console = Console.current
                if globals.isJSON {
                    return console.print(["renamed": .string(name), "to": .string(new)])
                }
                console.print(Messages.hubSpaces.renamed.text(["name": name, "new": new]))
            #else
                throw DatabasePlace.notBuilt
            #endif
        }
    }

    struct Retire: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "retire", abstract: Messages.hubSpaces.retireAbstract.text())
        }

        @Argument(help: ArgumentHelp(Messages.hubSpaces.nameHelp.text(), valueName: "name"))
        var name: String
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var globals: GlobalOptions

        func run() async throws {
            #if PostgreSQL
                try database.place().directory().database(of: name).retire(name)
                let console = Console.current
                if globals.isJSON { return console.print(["retired": .string(name)]) }
                console.print(Messages.hubSpaces.retired.text(["name": name]))
            #else
                throw DatabasePlace.notBuilt
            #endif
        }
    }
}
