import CommandKit
import OutreachSchema
import SyncCore
import SyncProtocol
import SyncReplica

/// Where a replica stands, for programs and for people.
struct StatusPage {
    let status: ReplicaStatus
    let open: OpenReplica

    /// Items of other devices' bundles that are held here.
    private var carried: Int { (try? open.replica.carriedCount()) ?? 0 }

    /// Live records: the schema's collections always, those of newer versions where there are any.
    private var counts: [(name: String, count: Int)] {
        let known = Schema.outreach.collections.map(\.name)
        let others = status.counts.keys
            .filter { !known.contains($0) && !RolePolicy.hubCollections.contains($0) }.sorted()
        return (known + others).map { ($0, status.counts[$0] ?? 0) }
    }

    var json: JSONOutput {
        let hub = status.hubURL.map { url -> JSONOutput in
            [
                "url": .string(url), "epoch": JSONOutput(status.head?.epoch.hex),
                "position": .int(Int(status.head?.size ?? 0)),
            ]
        }
        return [
            "device": .string(status.device.hex), "name": .string(status.name),
            "role": JSONOutput(status.role), "hub": hub ?? .null,
            "records": .object(counts.map { .init($0.name, .int($0.count)) }),
            "pending": .int(status.pending),
            "delivered_position": .int(Int(status.deliveredPosition)),
            "backed_up_position": .int(Int(status.backedUpPosition)),
            "conflicts_open": .int(status.openConflicts),
            "quarantined": .int(Int(status.quarantined)), "held": .int(status.held),
            "clock_difference_ms": .int(Int(status.clockDifference ?? 0)),
            "clock_suspect": .bool(status.isClockSuspect),
            "last_sync": JSONOutput(
                status.lastSync.map { RFC3339.text(utcSeconds: $0 / 1_000) }),
            "halt": JSONOutput(status.halt.map { HaltWords.failure($0).code.text }),
            "replica": .string(open.replica.path), "joined": .bool(status.role != nil),
            "carried": .int(carried), "healing": .bool(status.isHealing),
            "formerly": .array(status.formerly.map { .string($0.hex) }),
            "offered_again": .int(status.offeredAgain),
        ]
    }

    var form: Form {
        let words = Messages.fieldSync
        var form = Form()
        let role = status.role.map { ", " + RoleName.text($0) } ?? ""
        form.append(
            words.device.text(), "\(status.name) (\(status.device.hex.prefix(8))\(role))")
        if !status.formerly.isEmpty {
            let ids = status.formerly.map { String($0.hex.prefix(8)) }
            form.append(words.formerly.text(), ids.joined(separator: ", "))
        }
        form.append(words.file.text(), open.replica.path)
        form.append(words.hub.text(), hubText)
        form.append(words.records.text(), recordsText)
        form.append(words.pending.text(), "\(status.pending)")
        if status.offeredAgain > 0 {
            form.append(words.again.text(), words.batches.text(["n": status.offeredAgain]))
        }
        form.append(words.delivered.text(), position(status.deliveredPosition))
        form.append(words.backedUp.text(), position(status.backedUpPosition))
        form.append(words.openConflicts.text(), "\(status.openConflicts)")
        if status.quarantined > 0 {
            form.append(words.inQuarantine.text(), "\(status.quarantined)")
        }
        if carried > 0 { form.append(Messages.fieldBundle.carriedLabel.text(), "\(carried)") }
        if status.held > 0 { form.append(words.held.text(), "\(status.held)") }
        if status.clockDifference != nil { form.append(words.clock.text(), clockText) }
        let lastSync = status.lastSync.map { open.localTime(milliseconds: $0) }
        form.append(words.lastSync.text(), lastSync ?? words.never.text())
        return form
    }

    private var hubText: String {
        guard let url = status.hubURL else { return Messages.fieldSync.noHub.text() }
        guard status.role != nil else {
            return Messages.fieldBundle.waitingToJoin.text(["url": url])
        }
        guard let head = status.head else { return url }
        return Messages.fieldSync.hubAt.text(["url": url, "position": head.size])
    }

    private var recordsText: String {
        let parts = counts.filter { $0.count > 0 }.map { name, count in
            "\(Schema.outreach.label(ofCollection: name)?[.current] ?? name) \(count)"
        }
        guard !parts.isEmpty else { return Messages.fieldSync.nothingYet.text() }
        return parts.joined(separator: open.language == .chinese ? "，" : ", ")
    }

    private func position(_ position: Int64) -> String {
        position == 0
            ? Messages.fieldSync.nothingYet.text()
            : Messages.fieldSync.upTo.text(["position": position])
    }

    private var clockText: String {
        let difference = status.clockDifference ?? 0
        return status.isClockSuspect
            ? ClockDifference.text(hubAhead: difference) : Messages.fieldSync.clockRight.text()
    }

    /// The command that makes most sense now; nil if all is well.
    var nextStep: String? {
        guard status.hasKey else { return nil }
        if status.hubURL == nil { return "sync-field join INVITE" }
        if status.role == nil { return "sync-field bundle export FILE.fsb" }
        if status.halt != nil { return nil }
        if status.openConflicts > 0 && status.pending == 0 { return "sync-field conflict list" }
        return status.pending > 0 || status.isHealing || status.lastSync == nil
            ? "sync-field sync" : nil
    }
}
