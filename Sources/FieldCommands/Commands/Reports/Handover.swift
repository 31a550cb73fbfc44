import ArgumentParser
import CommandKit
import OutreachOutput
import OutreachSchema
import SyncCore
import SyncProtocol
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
        let message = try open.period(from: shift, through: shift)
            .handover(space: open.spaceName(), presenter: open.presenter)
        let console = Console.current
        guard !options.isJSON else { return console.print(message.json(of: shift)) }
        for line in message.lines { console.print(line) }
    }
}

extension HandoverMessage {
    fileprivate func json(of shift: Shift) -> JSONOutput {
        [
            "shift": .string("\(shift)"), "text": .string(lines.joined(separator: "\n")),
            "figures": JSONOutput(report.jsonDocument()),
            "hazards_open_before": .int(tally.olderOpen),
            "conflicts_open": .int(waiting.conflicts), "pending": .int(waiting.unsent),
        ]
    }
}

extension OpenReplica {
    /// What the operator calls the space; nil before a sync.
    func spaceName() throws -> String? {
        guard let space = try replica.membership()?.hub.space else { return nil }
        return try replica.record(RecordKey(HubCollection.space, space))?.values["name"]?.text
    }
}
