import ArgumentParser
import CommandKit
import OutreachSchema
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica

/// `history`: each value that each field has had, as far as this device holds it.
struct History: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "history", abstract: Messages.fieldUndo.historyAbstract.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.id.text(), valueName: "id"),
        completion: Completions.ids)
    var id: String

    @Flag(help: ArgumentHelp(Messages.fieldUndo.fromHubHelp.text()))
    var fromHub = false

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let key = try RecordSearch(open: open).key(anywhere: id)
        let traces = try open.replica.history(
            key, with: fromHub ? try await fetched(key, open.replica) : [])
        let console = Console.current
        guard !options.isJSON else { return console.print(.array(traces.map(Self.json))) }
        let record = open.shown(try open.replica.record(key)?.state ?? RecordState(key))
        console.print(console.styled("\(record.label)  \(key.id.hex)", .bold))
        console.print(try table(traces, record, open))
        if !fromHub { console.say(Messages.fieldUndo.historyLimits.text()) }
    }

    private func fetched(
        _ key: RecordKey, _ replica: Replica
    ) async throws -> [(batch: SealedBatch, leaf: Leaf)] {
        let transport = try await HubConnection.open(replica)
        do {
            let entries = try await HubHistory.fetch(key, for: replica, transport: transport)
            await transport.close()
            return entries
        } catch {
            await transport.close()
            throw error
        }
    }

    private func table(
        _ traces: [ValueTrace], _ record: ShownRecord, _ open: OpenReplica
    ) throws -> Table {
        let words = Messages.fieldUndo
        let devices = try DeviceNames(open)
        var table = Table([
            .fixed(words.whenHeader.text()), .text(Messages.fieldWhy.fieldHeader.text()),
            .text(words.valueHeader.text()), .text(words.deviceHeader.text()),
            .text(words.hubHeader.text()),
        ])
        for trace in traces {
            let field = record.collection?.field(named: trace.field)
            let value = open.presenter.text(of: trace.value, for: field)
            table.append([
                open.localTime(trace.stamp), record.label(of: trace.field),
                value.isEmpty ? Messages.fieldWhy.nothing.text() : value,
                try devices.name(of: trace.device), place(trace, open),
            ])
        }
        return table
    }

    private func place(_ trace: ValueTrace, _ open: OpenReplica) -> String {
        let words = Messages.fieldUndo
        var parts: [String] = []
        if let position = trace.position { parts.append(words.atPosition.text(["n": position])) }
        if let time = trace.receivedAt { parts.append(open.localTime(milliseconds: time)) }
        if let lost = trace.lostTo {
            parts.append(words.lostTo.text(["id": lost.hex.prefix(12)]))
        }
        return parts.joined(separator: ", ")
    }

    private static func json(_ trace: ValueTrace) -> JSONOutput {
        [
            "field": .string(trace.field), "value": JSONOutput(trace.value),
            "device": .string(trace.device.hex), "stamp": .string(trace.stamp.hex),
            "received_at": JSONOutput(
                trace.receivedAt.map { RFC3339.text(utcSeconds: $0 / 1_000) }),
            "position": trace.position.map { .int(Int($0)) } ?? .null,
            "lost_to": JSONOutput(trace.lostTo?.hex),
        ]
    }
}
