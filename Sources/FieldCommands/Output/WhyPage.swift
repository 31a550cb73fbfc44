import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// What became of each change of a record.
struct WhyPage {
    private let key: RecordKey
    /// Nil for a record that only quarantined or refused changes made.
    private let view: RecordView?
    private let record: ShownRecord
    private let traces: [ChangeTrace]
    /// Conflicts about this record that this device lost.
    private let lost: [ConflictView]
    private let open: OpenReplica
    private let devices: DeviceNames
    private let own: OwnStamps
    private let device: DeviceID

    init(_ key: RecordKey, _ open: OpenReplica) throws {
        self.key = key
        view = try open.replica.record(key)
        self.open = open
        let own = try open.replica.ownStamps()
        self.own = own
        device = try open.replica.deviceID()
        record = open.shown(view?.state ?? RecordState(key))
        traces = try open.replica.trace(key)
        devices = try DeviceNames(open)
        lost = try open.replica.conflicts().filter {
            $0.conflict.record == key && own.contains($0.conflict.lost.stamp)
        }
    }

    /// The journal position at which the hub last ruled on the record. Own changes that were taken
    /// as they are do not come back in a pull.
    private var position: Int64 {
        traces.reduce(view?.position ?? 0) { largest, trace in
            guard case .onHub(_, let position, _) = trace.place else { return largest }
            return max(largest, position)
        }
    }

    func heading(on console: Console) -> String {
        var heading = "\(record.label)  \(key.id.hex)"
        if record.state.isDeleted { heading += "  (\(Messages.fieldRecords.isDeleted.text()))" }
        if view == nil { heading += "  (\(Messages.fieldWhy.notShown.text()))" }
        return console.styled(heading, .bold)
    }

    var lines: [String] {
        let words = Messages.fieldWhy
        var lines = traces.flatMap { trace -> [String] in
            let head = "\(open.localTime(trace.change.stamp))  \(summary(of: trace.change))"
            return [head.sanitised()] + outcome(of: trace).map { "    " + $0 }
        }
        lines += writtenElsewhere
        lines += lost.map { view -> String in
            let isSettled = view.isSettled
            let message = isSettled ? words.settledConflict : words.lostConflict
            return message.text([
                "field": record.label(of: view.conflict.field), "id": view.id.hex.prefix(12),
            ])
        }
        if position > 0 { lines.append(words.lastMoved.text(["position": position])) }
        return lines
    }

    private func summary(of change: Change) -> String {
        let words = Messages.fieldWhy
        var parts = change.set.filter { !$0.name.hasPrefix("_") }
            .map { record.label(of: $0.name) }
        if let mark = change.set.first(where: { $0.name == FieldName.deleted }) {
            parts.append((mark.value == .true ? words.deletion : words.restoring).text())
        }
        if !change.resolves.isEmpty { parts.append(words.resolving.text()) }
        return parts.joined(separator: open.language == .chinese ? "、" : ", ")
    }

    private func outcome(of trace: ChangeTrace) -> [String] {
        let words = Messages.fieldWhy
        var lines: [String]
        switch trace.place {
        case .saved: lines = [words.saved.text()]
        case .sealed(let batch): lines = [words.sealed.text(["n": batch])]
        case .held: lines = [words.held.text()]
        case .offeredAgain(let batch): lines = [words.again.text(["n": batch])]
        case .onHub(_, let position, let isBackedUp):
            let message = isBackedUp ? words.backedUp : words.onHub
            lines = [message.text(["position": position])]
        }
        if trace.device != device {
            lines.append(words.formerly.text(["id": trace.device.hex.prefix(8)]))
        }
        if trace.quarantine != nil { lines.append(words.quarantined.text()) }
        if let effective = trace.effective {
            lines.append(words.restamped.text(["time": open.localTime(effective)]))
        }
        return lines
    }

    /// The fields whose present values came from other devices.
    private var writtenElsewhere: [String] {
        var fieldsByDevice: [DeviceID: [String]] = [:]
        for field in record.state.fields where !own.contains(field.register.stamp) {
            fieldsByDevice[field.register.stamp.device, default: []]
                .append(record.label(of: field.name))
        }
        return fieldsByDevice.sorted { $0.key < $1.key }.map { device, fields in
            let name = (try? devices.name(of: device)) ?? device.hex
            let joint = open.language == .chinese ? "、" : ", "
            return Messages.fieldWhy.fromElsewhere.text([
                "fields": fields.joined(separator: joint), "device": name,
            ])
        }
    }
}

extension WhyPage {
    var json: JSONOutput {
        [
            "id": .string(key.id.hex), "collection": .string(key.collection),
            "present": .bool(view != nil), "deleted": .bool(record.state.isDeleted),
            "position": .int(Int(position)),
            "changes": .array(traces.map(json)),
            "conflicts_lost": .array(
                lost.map {
                    [
                        "id": .string($0.id.hex), "field": .string($0.conflict.field),
                        "resolved": .bool($0.isSettled),
                    ]
                }),
        ]
    }

    private func json(_ trace: ChangeTrace) -> JSONOutput {
        var members: [JSONOutput.Member] = [
            .init("stamp", .string(Stamp(time: trace.change.stamp, device: trace.device).text)),
            .init("fields", .array(trace.change.set.map { .string($0.name) })),
        ]
        switch trace.place {
        case .saved: members.append(.init("state", "saved"))
        case .sealed(let batch):
            members += [.init("state", "sealed"), .init("batch", .int(Int(batch)))]
        case .onHub(let batch, let position, let isBackedUp):
            members += [
                .init("state", isBackedUp ? "backed_up" : "on_hub"),
                .init("batch", .int(Int(batch))), .init("position", .int(Int(position))),
            ]
        case .offeredAgain(let batch):
            members += [.init("state", "offered_again"), .init("batch", .int(Int(batch)))]
        case .held(let reason):
            members += [.init("state", "held"), .init("reason", .string(reason))]
        }
        members += [
            .init("quarantine", JSONOutput(trace.quarantine)),
            .init("effective", JSONOutput(trace.effective?.hex)),
        ]
        return .object(members)
    }
}
