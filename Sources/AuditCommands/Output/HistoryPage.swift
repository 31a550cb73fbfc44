import CommandKit
import ReportGathering
import SyncAudit
import SyncCore

/// The history of one record, for people.
struct HistoryPage {
    let history: RecordHistory
    let space: AuditedSpace
    private let words = Messages.auditHistory
    private var collection: String { history.key.collection }

    init(_ history: RecordHistory, _ space: AuditedSpace) {
        self.history = history
        self.space = space
    }

    /// Paragraphs; the indentation of each line is that of its continuation too.
    var lines: [String] {
        history.events.flatMap { lines(of: $0) + [""] } + presentLines
    }

    private func lines(of event: HistoryEvent) -> [String] {
        var head = "\(space.localTime(event.effective))  \(space.device(event.device))"
        if case .logged(let position, _) = event.place { head = "#\(position)  \(head)" }
        var lines = ["\(head)  \(kind(event.kind))".sanitised(), "    " + place(event)]
        if event.isSuspect {
            lines.append(
                "    " + words.suspect.text(["claimed": space.localTime(event.claimed)]))
        }
        if let reason = event.quarantine {
            lines.append("    " + words.quarantined.text(["reason": reason]))
        }
        lines += event.writes.flatMap { self.lines(of: $0) }
        lines += event.resolves.map { "    " + words.settles.text(["id": $0.hex.prefix(12)]) }
        return lines
    }

    private func kind(_ kind: HistoryEvent.Kind) -> String {
        switch kind {
        case .created: words.created.text()
        case .edited: words.edited.text()
        case .deleted: words.deleted.text()
        case .restored: words.restored.text()
        case .resolved: words.settling.text()
        }
    }

    private func place(_ event: HistoryEvent) -> String {
        switch event.place {
        case .logged(_, let receivedAt):
            words.received.text([
                "time": space.localTime(receivedAt), "batch": event.batch ?? 0,
            ])
        case .sealed(let batch): words.sealed.text(["batch": batch])
        case .saved: words.saved.text()
        case .held(let reason): words.held.text(["reason": reason])
        }
    }

    private func lines(of write: HistoryWrite) -> [String] {
        let value = space.text(write.value, write.name, in: collection)
        let label = space.label(write.name, in: collection)
        var notes: [String] = []
        if let note = rule(write) { notes.append("        " + note) }
        for conflict in write.conflicts {
            let message = conflict.isKept ? words.conflictKept : words.conflictLost
            let text = message.text([
                "id": conflict.id.hex.prefix(12), "state": state(of: conflict.id),
            ])
            notes.append("        " + text)
        }
        // That a deletion deletes was said already.
        if write.name == FieldName.deleted, notes.isEmpty { return [] }
        return ["    " + words.written.text(["field": label, "value": value])] + notes
    }

    /// Which rule decided; nil where there was nothing to decide, or nobody has.
    private func rule(_ write: HistoryWrite) -> String? {
        guard let before = write.before else { return nil }
        let value = space.text(before.value, write.name, in: collection)
        let device = space.device(before.stamp.device)
        let time = space.localTime(before.stamp.time)
        switch write.rule {
        case .first, .quarantined, .unknown: return nil
        case .laterStamp:
            return words.replaces.text(["value": value, "device": device, "time": time])
        case .lostToLaterStamp:
            return words.losesToLater.text(["value": value, "device": device, "time": time])
        case .largerBytes: return words.replacesEqual.text(["value": value])
        case .lostToLargerBytes: return words.losesToLarger.text(["value": value])
        }
    }

    private func state(of id: RecordID) -> String {
        guard let listed = history.conflicts.first(where: { $0.id == id }) else {
            return words.conflictGone.text()
        }
        guard let resolution = listed.resolution else { return words.open.text() }
        return words.settledBy.text([
            "device": space.device(resolution.device), "time": space.localTime(resolution.at),
        ])
    }

    private var presentLines: [String] {
        guard let present = history.present else { return [words.absent.text()] }
        let mark = present.isDeleted ? "  (\(words.isDeleted.text()))" : ""
        let fields = present.fields.filter { $0.name != FieldName.deleted }.map { field in
            "    "
                + words.author.text([
                    "field": space.label(field.name, in: collection),
                    "value": space.text(field.register.value, field.name, in: collection),
                    "device": space.device(field.register.stamp.device),
                    "time": space.localTime(field.register.stamp.time),
                ])
        }
        return [words.now.text() + mark] + fields
    }

    /// What the reader should know of how far this goes.
    var verdict: String {
        guard history.isHub else { return words.deviceOnly.text() }
        guard history.differences.isEmpty else {
            let fields = history.differences.map { space.label($0, in: collection) }
            return words.differs.text(["fields": fields.joined(separator: space.joint)])
        }
        return words.agrees.text()
    }
}
