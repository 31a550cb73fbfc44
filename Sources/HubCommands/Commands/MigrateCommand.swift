import ArgumentParser
import CommandKit
import HubConfiguration
import PostgresStore
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

/// `sync-hub migrate --from DIR|URL --to DIR|URL`: a hub moves between folders and databases.
struct MigrateCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "migrate", abstract: Messages.hubSpaces.migrateAbstract.text())
    }

    @Option(help: ArgumentHelp(Messages.hubSpaces.fromHelp.text(), valueName: "dir|url"))
    var from: String
    @Option(help: ArgumentHelp(Messages.hubSpaces.toHelp.text(), valueName: "dir|url"))
    var to: String
    @Option(help: ArgumentHelp(Messages.hubSpaces.spaceHelp.text(), valueName: "name"))
    var space: String?
    @Option(
        name: .customLong("master-key-file"),
        help: ArgumentHelp(Messages.hubSpaces.masterHelp.text(), valueName: "file"))
    var masterKeyFile: String?
    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var globals: GlobalOptions

    private var words: HubSpacesMessages { Messages.hubSpaces }

    func run() async throws {
        #if PostgreSQL
            let (isFromURL, isToURL) = (Self.isAddress(from), Self.isAddress(to))
            guard isFromURL || isToURL, let space else {
                throw CommandFailure(
                    "one_of_each", words.oneOfEach.text(), mend: words.oneOfEachMend.text(),
                    status: .usage)
            }
            let spaces = try spaces(isToURL ? to : from, makesKey: isToURL)
            let bar = ProgressBar(label: words.moving.text())
            let onProgress: (Int64, Int64) -> Void = { done, total in
                bar.update(done: Int(done), total: Int(total), now: .now)
            }
            defer { bar.clear() }
            let head: SignedHead
            if isFromURL, isToURL {
                head = try await spaces.take(
                    space, from: self.spaces(from, makesKey: false), onProgress: onProgress)
            } else if isFromURL {
                let folder = HubFolder(to)
                head = try await spaces.move(space, to: folder, onProgress: onProgress)
            } else {
                let folder = HubFolder(from)
                // A hub that serves holds it.
                let lock = try folder.lockIfThere()
                head = try spaces.take(folder, as: space, onProgress: onProgress)
                _ = lock
            }
            bar.clear()
            show(head.head)
        #else
            throw DatabasePlace.notBuilt
        #endif
    }

    private static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    #if PostgreSQL
        private func spaces(_ url: String, makesKey: Bool) throws -> PostgresSpaces {
            let settings = try configuration.settings([
                .database: [url], .masterKeyFile: masterKeyFile.map { [$0] } ?? [],
            ])
            return try DatabasePlace(settings).spaces(makesKey: makesKey)
        }
    #endif

    /// Without a password.
    private static func shown(_ place: String) -> String {
        #if PostgreSQL
            isAddress(place) ? PostgresPool(place).shownAddress : place
        #else
            place
        #endif
    }

    private func show(_ head: Head) {
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "position": .int(Int(head.size)), "epoch": .string(head.epoch.hex),
                "digest": .string(head.digest.hex), "from": .string(Self.shown(from)),
                "to": .string(Self.shown(to)),
                "space": JSONOutput(space),
            ])
        }
        console.print(
            words.moved.text([
                "position": head.size, "digest": head.digest.hex.prefix(12), "to": Self.shown(to),
            ]))
        console.say(words.movedNext.text(["from": Self.shown(from)]))
    }
}
