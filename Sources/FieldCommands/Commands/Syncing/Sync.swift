import ArgumentParser
import CommandKit
import SyncClient
import SyncReplica

/// `sync`: exchanges changes with the hub, once or until Ctrl-C.
struct Sync: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "sync", abstract: Messages.fieldHelp.sync.text())
    }

    @Flag(help: ArgumentHelp(Messages.fieldHelp.watch.text()))
    var watch = false

    @Option(
        help: ArgumentHelp(Messages.fieldHelp.every.text(), valueName: "duration"),
        transform: DurationArgument.init(parsing:))
    var every = DurationArgument(seconds: 30)

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(Messages.fieldHelp.dryRun.text()))
    var isDryRun = false

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.open()
        if isDryRun { return try showWaiting(open) }
        guard !watch else {
            return try await SyncWatch(open: open, every: every, isJSON: options.isJSON).run()
        }
        let summary = try SyncSummary(
            await SyncRun(replica: open.replica).run(), of: open.replica)
        let console = Console.current
        if options.isJSON { console.print(summary.json) } else { summary.print(on: console) }
        if summary.status != .ok { throw summary.status }
    }

    /// What a sync would send. Contacts nobody and writes nothing.
    private func showWaiting(_ open: OpenReplica) throws {
        let status = try open.replica.status()
        let console = Console.current
        guard !options.isJSON else {
            let summary = try SyncSummary(SyncReport(), of: open.replica)
            return console.print(
                .object(
                    [.init("dry_run", true), .init("pending", .int(status.pending))]
                        + summary.members))
        }
        let words = Messages.fieldSync
        guard let url = status.hubURL else {
            return console.print(words.notJoinedYet.text(["n": status.pending]))
        }
        console.print(words.waiting.text(["n": status.pending, "url": url]))
    }
}
