import ArgumentParser
import CommandKit
import SharedWords
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica

/// `join`: enrols this device with a hub. A lost answer can be asked for again.
struct Join: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "join", abstract: Messages.fieldHelp.join.text())
    }

    @Argument(help: ArgumentHelp(Messages.fieldHelp.invite.text(), valueName: "invite"))
    var invite: String

    @Flag(
        name: .customLong("insecure-http"),
        help: ArgumentHelp(Messages.fieldHelp.insecure.text()))
    var allowsInsecure = false

    @Flag(name: .customLong("offline"), help: ArgumentHelp(Messages.fieldBundle.offline.text()))
    var isOffline = false

    @Flag(name: .customLong("take-over"), help: ArgumentHelp(Messages.fieldHelp.takeOver.text()))
    var takesOver = false

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.open()
        let invite = try Invite(text: invite == "-" ? StandardInput.firstText() : invite)
        try checkAddress(invite.url)
        if takesOver { try takeOver(open.replica, invite) }
        guard !isOffline else {
            try open.replica.ask(invite)
            return try showAsked(open, invite)
        }
        let transport = try HTTPTransport(url: invite.url, pin: invite.tls)
        let isNew: Bool
        do {
            isNew = try await HubEnrolment.join(
                open.replica, invite: invite, transport: transport)
        } catch {
            await transport.close()
            throw error
        }
        await transport.close()
        try show(open, invite, isNew: isNew)
    }

    private func takeOver(_ replica: Replica, _ invite: Invite) throws {
        try replica.takeOver(for: invite)
        let path = KeyFile.path(forReplica: replica.path)
        Console.current.warn(Messages.fieldSetup.takenOver.text(["path": path]))
    }

    /// Plain http is for this machine, unless the person says otherwise.
    private func checkAddress(_ url: String) throws {
        guard let address = HubAddress(url) else { throw TransportFault(.badAddress, url: url) }
        guard !address.isTLS, !address.isLoopback else { return }
        guard allowsInsecure else {
            let words = Messages.failures
            throw CommandFailure(
                "insecure_hub", words.insecureHub.text(["url": url]),
                mend: words.insecureHubMend.text(), status: .usage,
                facts: [.init("url", .string(url))])
        }
        Console.current.warn(Messages.fieldSetup.insecureNote.text())
    }

    private func showAsked(_ open: OpenReplica, _ invite: Invite) throws {
        let console = Console.current
        guard !options.isJSON else {
            return console.print(json(try open.replica.status(), invite, isAnswered: false))
        }
        let words = Messages.fieldBundle
        console.print(words.asked.text(["url": invite.url]))
        console.say(words.askedNext.text())
    }

    private func json(
        _ status: ReplicaStatus, _ invite: Invite, isAnswered: Bool
    ) -> JSONOutput {
        [
            "device": .string(status.device.hex), "name": .string(status.name),
            "role": JSONOutput(status.role), "space": .string(invite.space.hex),
            "hub": ["url": .string(invite.url), "key": .string(invite.hub.hex)],
            "joined": .bool(isAnswered),
        ]
    }

    private func show(_ open: OpenReplica, _ invite: Invite, isNew: Bool) throws {
        let status = try open.replica.status()
        let console = Console.current
        guard !options.isJSON else {
            return console.print(json(status, invite, isAnswered: true))
        }
        let words = Messages.fieldSetup
        let role = RoleName.text(status.role ?? "")
        guard isNew else {
            console.print(words.alreadyJoined.text(["name": status.name, "role": role]))
            return console.say(words.copyHeals.text())
        }
        console.print(words.joined.text(["name": status.name, "role": role]))
        console.print(
            words.joinedHub.text(["url": invite.url, "space": invite.space.hex.prefix(8)]))
        console.say(words.joinNext.text())
    }
}

/// Roles as people call them.
enum RoleName {
    /// A role that this version does not know is shown as it is.
    static func text(_ role: String) -> String {
        switch role {
        case "lead": Messages.fieldSetup.lead.text()
        case "auditor": Messages.fieldSetup.auditor.text()
        case "operator": Messages.fieldSetup.operatorRole.text()
        default: role
        }
    }
}
