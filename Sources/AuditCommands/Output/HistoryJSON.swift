import CommandKit
import ReportGathering
import SyncAudit
import SyncCore

extension RecordHistory {
    /// As `history --json` shows it.
    func json(_ space: AuditedSpace) -> JSONOutput {
        [
            "collection": .string(key.collection), "id": .string(key.id.hex),
            "source": isHub ? "hub" : "device",
            "changes": .array(events.map { $0.json(space) }),
            "conflicts": .array(conflicts.map { $0.json(space) }),
            "present": present.map { $0.json(space, position: position) } ?? .null,
            "agrees": isHub ? .bool(differences.isEmpty) : .null,
            "differences": .array(differences.map { .string($0) }),
            "unreadable": .array(unreadable.map { .int(Int($0)) }),
        ]
    }
}

extension HistoryEvent {
    fileprivate func json(_ space: AuditedSpace) -> JSONOutput {
        var members = place.members
        members += [
            .init("batch", JSONOutput(batch.map { Int($0) })),
            .init("device", .string(device.hex)),
            .init("name", JSONOutput(space.names.devices[device])),
            .init("kind", .string(kind.rawValue)),
            .init("claimed", .string(claimed.hex)), .init("effective", .string(effective.hex)),
            .init("suspect", .bool(isSuspect)), .init("quarantine", JSONOutput(quarantine)),
            .init("fields", .array(writes.map(\.json))),
            .init("resolves", .array(resolves.map { .string($0.hex) })),
        ]
        return .object(members)
    }
}

extension HistoryEvent.Place {
    fileprivate var members: [JSONOutput.Member] {
        var position: Int64?
        var receivedAt: Int64?
        var reason: String?
        let state: String
        switch self {
        case .logged(let place, let time):
            (state, position, receivedAt) = ("on_hub", place, time)
        case .sealed: state = "sealed"
        case .saved: state = "saved"
        case .held(let why): (state, reason) = ("held", why)
        }
        return [
            .init("state", .string(state)), .init("position", JSONOutput(position.map { Int($0) })),
            .init("received_at", receivedAt.map { .time($0) } ?? .null),
            .init("reason", JSONOutput(reason)),
        ]
    }
}

extension HistoryWrite {
    fileprivate var json: JSONOutput {
        [
            "name": .string(name), "value": JSONOutput(value.value),
            "before": before.map {
                ["value": JSONOutput($0.value.value), "stamp": .string($0.stamp.text)]
            } ?? .null,
            "seen": JSONOutput(seen?.text), "rule": .string(rule.rawValue),
            "applied": rule == .unknown ? .null : .bool(isApplied),
            "conflicts": .array(
                conflicts.map { ["id": .string($0.id.hex), "kept": .bool($0.isKept)] }),
        ]
    }
}

extension RecordState {
    fileprivate func json(_ space: AuditedSpace, position: Int64) -> JSONOutput {
        let fields = self.fields.map { field -> JSONOutput.Member in
            let stamp = field.register.stamp
            return .init(
                field.name,
                [
                    "value": JSONOutput(field.register.value.value), "stamp": .string(stamp.text),
                    "name": JSONOutput(space.names.devices[stamp.device]),
                ])
        }
        return [
            "deleted": .bool(isDeleted), "position": .int(Int(position)), "fields": .object(fields),
        ]
    }
}

extension ListedConflict {
    /// One entry of `conflicts --json`.
    func json(_ space: AuditedSpace) -> JSONOutput {
        [
            "id": .string(id.hex), "collection": .string(conflict.record.collection),
            "record": .string(conflict.record.id.hex), "field": .string(conflict.field),
            "kept_field": JSONOutput(conflict.keptField),
            "kept": json(conflict.kept, space), "lost": json(conflict.lost, space),
            "listed_at": .time(listedAt), "resolved": .bool(resolution != nil),
            "resolved_by": resolution.map { space.json($0.device) } ?? .null,
            "resolved_at": resolution.map { .time($0.at) } ?? .null,
        ]
    }

    private func json(_ register: Register, _ space: AuditedSpace) -> JSONOutput {
        [
            "value": JSONOutput(register.value.value), "stamp": .string(register.stamp.text),
            "device": .string(register.stamp.device.hex),
            "name": JSONOutput(space.names.devices[register.stamp.device]),
        ]
    }
}
