import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// Says what a save did, and what was understood of what was typed: one line.
struct SaveEcho {
    let open: OpenReplica
    let isJSON: Bool

    private var console: Console { .current }
    private var words: FieldRecordMessages { Messages.fieldRecords }

    func added(_ saved: SavedRecord, _ entry: CheckedEntry) throws {
        let record = open.shown(saved.state)
        notePersonal(entry)
        try noteUnchecked(entry)
        guard !isJSON else { return console.print(record.json(filled: entry.filledFields)) }
        try printLine(words.saved, record, nil)
    }

    func edited(_ saved: SavedRecord, _ entry: CheckedEntry, noun: String) throws {
        let record = open.shown(saved.state)
        notePersonal(entry)
        try noteUnchecked(entry)
        if saved.state.isDeleted {
            console.warn(words.staysDeleted.text(["noun": noun, "id": record.shortID]))
        }
        guard !isJSON else { return console.print(record.json) }
        guard saved.stamp != nil else {
            return console.print(words.unchanged.text(["id": record.shortID]))
        }
        try printLine(
            words.changed, record, record.fieldNames.filter { entry.fields[$0] != nil })
    }

    func deleted(_ saved: SavedRecord, noun: String) throws {
        let record = open.shown(saved.state)
        guard !isJSON else { return console.print(record.json) }
        let message = saved.stamp == nil ? words.deletedAlready : words.deleted
        console.print(
            message.text([
                "noun": noun, "id": record.shortID, "line": try RecordLine(record, open).text(),
            ]))
    }

    func restored(_ saved: SavedRecord) throws {
        let record = open.shown(saved.state)
        guard !isJSON else { return console.print(record.json) }
        let message = saved.stamp == nil ? words.notDeleted : words.restored
        console.print(
            message.text([
                "id": record.shortID, "line": try RecordLine(record, open).text(),
            ]))
    }

    private func printLine(
        _ message: Message, _ record: ShownRecord, _ names: [String]?
    ) throws {
        let shift = record.shift.map { words.ofShift.text(["shift": $0]) } ?? ""
        let text = message.text([
            "id": record.shortID, "shift": shift,
            "line": try RecordLine(record, open).text(of: names),
        ])
        console.print(console.wrapped(text))
        console.say(console.styledTalk(Messages.fieldUndo.hint.text(), .dim))
    }

    private func notePersonal(_ entry: CheckedEntry) {
        if !entry.personalFields.isEmpty { console.warn(words.personalKept.text()) }
    }

    /// Without a list no code can be held against it.
    private func noteUnchecked(_ entry: CheckedEntry) throws {
        guard entry.fields["point"]?.text != nil || entry.fields["grid"]?.text != nil,
            try !open.hasPointList()
        else { return }
        console.warn(words.noPointList.text())
    }
}
