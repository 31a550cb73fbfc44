import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import SystemTimeZones

/// `sync-hub key show|replace`: the key that the hub signs with.
struct KeyCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "key", abstract: Messages.hubMoving.keyAbstract.text(),
            subcommands: [KeyShowCommand.self, KeyReplaceCommand.self])
    }
}

struct KeyShowCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Messages.hubMoving.keyShow.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        let facts = try store.facts()
        let hub = facts.hub
        let zone = ZoneRules.ofSpace(facts.timeZone)
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "hub": .string(hub.hub.hex), "hub_key": .string(hub.key.hex),
                "log_key": .string(facts.logKey),
                "former": .array(
                    hub.succession.handovers.map {
                        [
                            "key": .string($0.from.hex), "until": .int(Int($0.size)),
                            "replaced_at": .string(RFC3339.text(utcSeconds: $0.time / 1_000)),
                        ]
                    }),
            ])
        }
        let words = Messages.hubMoving
        console.print(hub.key.hex)
        for one in hub.succession.handovers.reversed() {
            console.print(
                words.formerKey.text([
                    "key": one.from.hex, "position": one.size,
                    "time": zone.text(utcSeconds: one.time / 1_000),
                ]))
        }
    }
}

struct KeyReplaceCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "replace", abstract: Messages.hubMoving.keyReplace.text())
    }

    @OptionGroup var data: HubDataOptions
    @Option(
        name: .customLong("with"),
        help: ArgumentHelp(Messages.hubMoving.withHelp.text(), valueName: "file"))
    var file: String?
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let words = Messages.hubMoving
        let store = try data.open()
        let given = try file.map { try Self.key(in: $0) }
        try confirmation.require(words.replaceMend)
        let before = try store.facts().hubKey
        if let given, let succession = given.succession,
            try store.follow(given.key, succession)
        {
            return try show(
                .init(
                    before: before, now: given.key.publicKey, position: store.facts().position),
                of: store)
        }
        let done: SQLHubStore.KeyReplacement
        do { done = try store.replaceKey(with: given?.key) } catch let fault as KeyReplacementFault
        {
            switch fault {
            case .used:
                throw CommandFailure(
                    "key_used", words.keyUsed.text(), mend: words.keyUsedMend.text())
            case .tooMany:
                throw CommandFailure(
                    "key_limit", words.keyLimit.text(["n": KeySuccession.limit]),
                    mend: words.keyLimitMend.text())
            }
        }
        try show(done, of: store)
    }

    private func show(_ done: SQLHubStore.KeyReplacement, of store: SQLHubStore) throws {
        let words = Messages.hubMoving
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "hub_key": .string(done.now.hex), "former": .string(done.before.hex),
                "position": .int(Int(done.position)),
                "log_key": .string(try store.facts().logKey),
            ])
        }
        console.print(
            words.replaced.text(["key": done.now.hex, "position": done.position]))
        console.say(words.replacedNext.text(["place": data.place]))
    }

    /// The key in a copy of a hub's key file.
    private static func key(
        in path: String
    ) throws -> (key: SigningKey, succession: KeySuccession?) {
        let content = try content(of: path)
        guard let key = HubFolder.key(inFile: content) else {
            let words = Messages.hubMoving
            throw CommandFailure.about(path, "not_a_key", words.notAKey, words.notAKeyMend)
        }
        return (key, HubFolder.succession(inFile: content))
    }

    static func content(of path: String) throws -> [UInt8] {
        guard let bytes = try SecretFile.read(path) else {
            throw CommandFailure.fileNotFound(path: path)
        }
        return bytes
    }
}
