import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// Says what a save did, and what was understood of what was typed.
struct SaveEcho {
    let open: OpenReplica
    let isJSON: Bool

    private var console: Console { .current }
    private var words: FieldRecordMessages { Messages.fieldRecords }

    func added(_ saved: SavedRecord, _ entry: CheckedEntry) {
        let record = open.shown(saved.state)
        notePersonal(entry)
        guard !isJSON else { return console.print(record.json) }
        console.print(headline(words.saved, record))
        console.print(RecordForm(record: record, open: open).form())
    }

    func edited(_ saved: SavedRecord, _ entry: CheckedEntry, noun: String) {
        let record = open.shown(saved.state)
        notePersonal(entry)
        if saved.state.isDeleted {
            console.warn(words.staysDeleted.text(["noun": noun, "id": record.shortID]))
        }
        guard !isJSON else { return console.print(record.json) }
        guard saved.stamp != nil else {
            return console.print(words.unchanged.text(["id": record.shortID]))
        }
        console.print(headline(words.changed, record))
        let names = record.fieldNames.filter { entry.fields[$0] != nil }
        console.print(RecordForm(record: record, open: open).form(of: names))
    }

    func deleted(_ saved: SavedRecord, noun: String) {
        let record = open.shown(saved.state)
        guard !isJSON else { return console.print(record.json) }
        let message = saved.stamp == nil ? words.deletedAlready : words.deleted
        console.print(message.text(["noun": noun, "id": record.shortID]))
    }

    func restored(_ saved: SavedRecord) {
        let record = open.shown(saved.state)
        guard !isJSON else { return console.print(record.json) }
        let message = saved.stamp == nil ? words.notDeleted : words.restored
        console.print(message.text(["id": record.shortID]))
    }

    private func headline(_ message: Message, _ record: ShownRecord) -> String {
        let shift = record.shift.map { words.ofShift.text(["shift": $0]) } ?? ""
        let text = message.text([
            "id": record.shortID, "collection": record.label, "shift": shift,
        ])
        return console.styled(text, .bold)
    }

    private func notePersonal(_ entry: CheckedEntry) {
        if !entry.personalFields.isEmpty { console.warn(words.personalKept.text()) }
    }
}
