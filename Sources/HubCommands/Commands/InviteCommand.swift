import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import SystemTimeZones

/// `sync-hub invite`, `invite list`, `invite withdraw`, `invite sheet`.
struct InviteCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "invite", abstract: Messages.hub.inviteAbstract.text(),
            subcommands: [
                InviteNewCommand.self, InviteListCommand.self, InviteWithdrawCommand.self,
                InviteSheetCommand.self,
            ], defaultSubcommand: InviteNewCommand.self)
    }
}

/// `sync-hub invite [new]`: one line that lets one device join.
struct InviteNewCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "new", abstract: Messages.hub.inviteAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Option(help: ArgumentHelp(Messages.hub.nameHelp.text(), valueName: "name"))
    var name: String
    @Option(help: ArgumentHelp(Messages.hub.roleHelp.text(), valueName: "role"))
    var role: String = Role.lead.rawValue
    @Option(
        help: ArgumentHelp(Messages.hub.expiresHelp.text(), valueName: "time"),
        transform: DurationArgument.init(parsing:))
    var expires = DurationArgument(seconds: 86_400)
    @Option(help: ArgumentHelp(Messages.hub.urlHelp.text(), valueName: "url"))
    var url: String?
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let words = Messages.hub
        let role = try DeviceArguments.role(role)
        try DeviceArguments.check(name: name)
        let url = try url.map { try HubURL.checked($0) }
        let store = try data.open()
        let end = Environment.system.nowMilliseconds() + Int64(expires.seconds) * 1_000
        let invite = try store.invite(name: name, role: role, expires: end, url: url)
        let zone = try ZoneRules.ofSpace(store.facts().timeZone)
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "invite": .string(invite.text),
                "expires": .string(RFC3339.text(utcSeconds: end / 1_000, offsetSeconds: 0)),
                "name": .string(name), "role": .string(role.rawValue), "url": .string(invite.url),
            ])
        }
        if invite.url.hasPrefix("https://"), invite.tls == nil {
            console.warn(words.unpinned.text())
        }
        console.say(
            words.inviteFor.text([
                "name": name, "role": role.rawValue, "expires": zone.text(utcSeconds: end / 1_000),
            ]))
        console.print(invite.text)
    }
}

/// `sync-hub invite list`: those that nobody has used.
struct InviteListCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Messages.hub.inviteListAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        let invites = try store.openInvites()
        let console = Console.current
        if globals.isJSON {
            return console.print(
                .array(
                    invites.map {
                        [
                            "id": .string($0.hash.hex), "name": .string($0.name),
                            "role": .string($0.role),
                            "expires": .string(RFC3339.text(utcSeconds: $0.expires / 1_000)),
                        ]
                    }))
        }
        let words = Messages.hub
        guard !invites.isEmpty else { return console.say(words.noInvites.text()) }
        let zone = try ZoneRules.ofSpace(store.facts().timeZone)
        var table = Table([
            .fixed(words.invite.text()), .text(words.name.text()), .fixed(words.role.text()),
            .fixed(words.until.text()),
        ])
        for invite in invites {
            table.append([
                String(invite.hash.hex.prefix(12)), invite.name, invite.role,
                zone.text(utcSeconds: invite.expires / 1_000),
            ])
        }
        console.print(table)
    }
}

/// `sync-hub invite withdraw ID`.
struct InviteWithdrawCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "withdraw", abstract: Messages.hub.inviteWithdrawAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.hub.inviteIDHelp.text(), valueName: "id"))
    var id: String
    @OptionGroup var data: HubDataOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let words = Messages.hub
        guard try data.open().withdrawInvite(hashPrefix: id) else {
            throw CommandFailure(
                "no_invite", words.noSuchInvite.text(["id": id]),
                mend: words.noSuchInviteMend.text())
        }
        let console = Console.current
        if globals.isJSON { return console.print(["withdrawn": .string(id)]) }
        console.print(words.withdrawn.text())
    }
}
