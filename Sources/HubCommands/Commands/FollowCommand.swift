import ArgumentParser
import CommandKit
import HubKeeping
import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// `sync-hub follow [INVITE] --data DIR`: a verified copy of another hub's log.
struct FollowCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "follow", abstract: Messages.hubFollow.abstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.hubFollow.inviteHelp.text(), valueName: "invite"))
    var invite: String?
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(Messages.hubFollow.dataHelp.text(), valueName: "dir"))
    var data: String
    @Flag(help: ArgumentHelp(Messages.hubFollow.onceHelp.text()))
    var once = false
    @Flag(help: ArgumentHelp(Messages.hubFollow.againHelp.text()))
    var again = false
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let follower = try await open()
        do {
            if once {
                show(try await catchUp(follower), of: follower, isQuiet: false)
            } else {
                try await watch(follower)
            }
            try follower.close()
        } catch let contradiction as JournalContradiction {
            throw FollowerWords.failure(contradiction)
        }
    }

    private func open() async throws -> HubFollower {
        let transport: (Invite) throws -> any HubTransport = {
            try HTTPTransport(url: $0.url, pin: $0.tls)
        }
        guard let invite else {
            return try HubFollower.open(
                folder: data, environment: .system, transport: transport)
        }
        return try await HubFollower.join(
            invite, folder: data, environment: .system, transport: transport)
    }

    private func catchUp(_ follower: HubFollower) async throws -> HubFollower.Report {
        do { return try await follower.catchUp() } catch FollowerFault.left where again {
            let path = try follower.startAgain()
            Console.current.say(Messages.hubFollow.putAside.text(["path": path]))
            return try await follower.catchUp()
        }
    }

    // MARK: Again and again

    /// Between two askings, in seconds; what is new waits no longer than this.
    private static let pauseSeconds = 5.0
    private static let pauseLimitSeconds = 300.0
    /// Followers do not knock all at once.
    private static let variation = 0.25

    private func watch(_ follower: HubFollower) async throws {
        if !globals.isJSON {
            Console.current.say(Messages.hubFollow.following.text(["url": follower.url]))
        }
        var pause = Self.pauseSeconds
        while !Task.isCancelled {
            do {
                let report = try await catchUp(follower)
                show(report, of: follower, isQuiet: report.received == 0)
                pause = Self.pauseSeconds
            } catch {
                guard let failure = HubFailures.words(for: error), failure.status == .temporary
                else { throw error }
                pause = min(pause * 2, Self.pauseLimitSeconds)
                Console.current.warn(failure.message)
                let words = Messages.hubFollow.retryIn
                Console.current.say(words.text(["n": Int(pause.rounded())]))
            }
            let share = Double.random(in: -Self.variation...Self.variation)
            try await Task.sleep(for: .seconds(pause * (1 + share)))
        }
    }

    private func show(
        _ report: HubFollower.Report, of follower: HubFollower, isQuiet: Bool
    ) {
        guard !isQuiet else { return }
        let (checkpoint, witness) = (follower.checkpointPath, follower.witness.verifierKey)
        let console = Console.current
        if globals.isJSON {
            let json: JSONOutput = [
                "position": .int(Int(report.position)), "epoch": .string(report.epoch.hex),
                "digest": .string(report.digest.hex), "received": .int(Int(report.received)),
                "verified": true, "data": .string(data),
                "checkpoint": .string(checkpoint), "witness": .string(witness),
                "cosigned": .bool(report.isCosigned),
            ]
            return console.print(json)
        }
        console.print(
            Messages.hubFollow.caughtUp.text([
                "position": report.position, "n": report.received,
            ]))
        guard report.isCosigned else {
            return console.warn(Messages.hubFollow.notCosigned.text())
        }
        if once {
            console.say(
                Messages.hubFollow.cosigned.text(["path": checkpoint, "key": witness]))
        }
    }
}
