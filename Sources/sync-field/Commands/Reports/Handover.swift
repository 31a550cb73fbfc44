import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// `handover`: the night as a message for the group chat.
struct Handover: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "handover", abstract: Messages.fieldHelp.handover.text())
    }

    @Option(help: ArgumentHelp(Messages.fieldHelp.handoverShift.text(), valueName: "date"))
    var shift: String?

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let shift = try shift.map { try ShiftArgument.shift($0, in: open) } ?? open.runningShift()
        let message = try HandoverMessage(open, shift)
        let console = Console.current
        guard !options.isJSON else { return console.print(message.json) }
        for line in message.lines { console.print(line) }
    }
}
