import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore
import SyncProtocol

/// What a proof shows. Times are UTC: the proof does not say where the space is.
struct ProofPage {
    let proven: ProvenRecord
    private let words = Messages.auditProof

    init(_ proven: ProvenRecord) {
        self.proven = proven
    }

    var lines: [String] {
        let record = proven.record
        let label = Schema.outreach.label(ofCollection: record.collection)?[.current]
        var lines = [
            words.holds.text(), "",
            "\(label ?? record.collection)  \(record.id.hex)".sanitised(),
        ]
        lines += proven.heads.map { head in
            words.headLine.text([
                "size": head.size, "time": time(head.time), "root": head.root.hex,
            ])
        }
        return lines + proven.changes.flatMap { [""] + self.lines(of: $0) }
    }

    private func lines(of change: ProvenChange) -> [String] {
        let history = Messages.auditHistory
        let device = change.enrolment?.name ?? String(change.device.hex.prefix(8))
        var lines = [
            words.changeLine.text([
                "time": time(change.effective.milliseconds), "position": change.position,
                "device": change.device == proven.hub ? words.hubItself.text() : device,
            ]),
            "    "
                + words.received.text([
                    "time": time(change.receivedAt), "batch": change.batch,
                ]),
            "    " + enrolment(of: change),
        ]
        if change.isSuspect {
            let claimed = time(change.change.stamp.milliseconds)
            lines.append("    " + history.suspect.text(["claimed": claimed]))
        }
        if let reason = change.quarantine {
            lines.append("    " + history.quarantined.text(["reason": reason]))
        }
        lines += change.change.set.map { self.line(of: $0) }
        lines += change.change.resolves.map { "    " + words.settles.text(["id": $0.hex]) }
        return lines
    }

    private func enrolment(of change: ProvenChange) -> String {
        if change.device == proven.hub { return words.hubItself.text() }
        guard let enrolment = change.enrolment else {
            return words.notEnrolled.text(["device": change.device.hex])
        }
        return words.enrolled.text([
            "device": change.device.hex, "name": enrolment.name, "role": enrolment.role,
            "position": enrolment.position,
        ])
    }

    /// Values as they were signed: a proof is read by people who may not share the schema.
    private func line(of assignment: Change.Assignment) -> String {
        let field = Schema.outreach.collection(named: proven.record.collection)?
            .field(named: assignment.name)
        let label = field.map { "\(assignment.name) (\($0.label[.current]))" } ?? assignment.name
        let value = String(decoding: assignment.value.bytes, as: UTF8.self)
        return "    \(label): \(value)".sanitised()
    }

    private func time(_ milliseconds: Int64) -> String {
        "\(ZoneRules.utc.localTime(atUTCSeconds: milliseconds / 1_000))"
    }
}

extension ProofPage {
    var json: JSONOutput {
        [
            "ok": true, "collection": .string(proven.record.collection),
            "id": .string(proven.record.id.hex), "space": .string(proven.space.hex),
            "hub": .string(proven.hub.hex),
            "heads": .array(
                proven.heads.map { head in
                    [
                        "size": .int(Int(head.size)), "epoch": .string(head.epoch.hex),
                        "root": .string(head.root.hex), "time": .time(head.time),
                    ]
                }),
            "changes": .array(proven.changes.map(json)),
            "not_shown": ["other_changes", "present_state", "true_time"],
        ]
    }

    private func json(_ change: ProvenChange) -> JSONOutput {
        .object([
            .init("position", .int(Int(change.position))),
            .init("received_at", .time(change.receivedAt)),
            .init("device", .string(change.device.hex)),
            .init("name", JSONOutput(change.enrolment?.name)),
            .init("role", JSONOutput(change.enrolment?.role)),
            .init("batch", .int(Int(change.batch))), .init("change", .int(change.index)),
            .init("claimed", .string(change.change.stamp.hex)),
            .init("effective", .string(change.effective.hex)),
            .init("suspect", .bool(change.isSuspect)),
            .init("quarantine", JSONOutput(change.quarantine)),
            .init(
                "fields",
                .object(
                    change.change.set.map { .init($0.name, JSONOutput($0.value.value)) })),
            .init("resolves", .array(change.change.resolves.map { .string($0.hex) })),
        ])
    }
}
