import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// What an undo takes back, and what stands against it.
struct UndoPage {
    let plan: UndoPlan
    /// The file of an import.
    let file: String?
    let open: OpenReplica
    let isJSON: Bool
    let isDryRun: Bool

    /// Records that are told one by one.
    private static let lineLimit = 5
    private var words: FieldUndoMessages { Messages.fieldUndo }

    /// - Throws: `CommandFailure` where a value from before is not known, or nothing was changed.
    func checkValues() throws {
        for step in plan.steps where !step.lostFields.isEmpty {
            throw CommandFailure(
                "undo_lost",
                words.lost.text([
                    "fields": labels(step.lostFields, step), "id": step.key.id.hex.prefix(12),
                ]), mend: words.lostMend.text())
        }
        guard plan.steps.contains(where: { !$0.values.isEmpty }) else {
            throw CommandFailure(
                "settles_only", words.settlesOnly.text(), mend: words.settlesOnlyMend.text())
        }
    }

    /// Another device has written since: a person decides.
    ///
    /// - Throws: `CommandFailure` where nobody can be asked, or says no.
    func askAboutOthers() throws {
        let devices = try DeviceNames(open)
        for step in plan.steps {
            guard let device = step.writtenByOthers.values.min() else { continue }
            let text = words.since.text([
                "device": try devices.name(of: device),
                "fields": labels(step.writtenByOthers.keys.sorted(), step),
                "id": step.key.id.hex.prefix(12),
            ])
            let isAsked = !isJSON && Console.current.canAsk
            if isAsked, Question().confirms(words.sinceQuestion.text(["text": text])) { continue }
            throw CommandFailure("written_since", text, mend: words.sinceMend.text())
        }
    }

    private func labels(_ names: [String], _ step: UndoPlan.Step) -> String {
        let record = open.shown(step.present)
        let labels = names.map { $0 == FieldName.deleted ? $0 : record.label(of: $0) }
        return labels.joined(separator: open.language == .chinese ? "、" : ", ")
    }

    func show(isRedo: Bool) throws {
        let console = Console.current
        guard !isJSON else { return console.print(try json()) }
        let shown = plan.steps.filter { $0.key.collection != ImportRecord.collection }
        if shown.count <= Self.lineLimit {
            for step in shown { console.print(console.wrapped(try line(step))) }
        } else if let file {
            console.print(told(words.summary.text(["file": file, "n": shown.count])))
        } else {
            console.print(told(words.many.text(["n": shown.count])))
        }
        if !isDryRun && !isRedo { console.say(words.again.text()) }
    }

    private func told(_ text: String) -> String {
        isDryRun ? words.would.text(["text": text]) : text
    }

    private func line(_ step: UndoPlan.Step) throws -> String {
        let before = open.shown(step.present)
        let after = open.shown(step.after)
        let names = step.deed == .edit ? before.fieldNames.filter { step.values[$0] != nil } : nil
        let line = try RecordLine(after, open).text(of: names)
        let message = step.isChange ? message(of: step) : words.unchanged
        return told(message.text(["id": before.shortID, "line": line]))
    }

    private func message(of step: UndoPlan.Step) -> Message {
        switch step.deed {
        case .creation: words.creation
        case .edit: words.edit
        case .deletion: words.deletion
        case .restoring: words.restoring
        }
    }

    private func json() throws -> JSONOutput {
        [
            "dry_run": .bool(isDryRun), "import": JSONOutput(file),
            "undone": .array(
                plan.steps.map { step in
                    [
                        "id": .string(step.key.id.hex), "collection": .string(step.key.collection),
                        "deed": .string(step.deed.rawValue), "changed": .bool(step.isChange),
                        "deleted": .bool(step.after.isDeleted),
                        "fields": .object(
                            step.values.filter { !$0.key.hasPrefix("_") }
                                .sorted { $0.key < $1.key }
                                .map { .init($0.key, JSONOutput($0.value)) }),
                        "written_since": .array(
                            step.writtenByOthers.sorted { $0.key < $1.key }.map {
                                [
                                    "field": .string($0.key), "device": .string($0.value.hex),
                                ]
                            }),
                    ]
                }),
        ]
    }
}

extension UndoPlan.Step {
    /// The record as it will be; stamps are those of now.
    var after: RecordState {
        var state = present
        guard let stamp = present.clock else { return state }
        for (name, value) in values { state.put(name, Register(CanonicalValue(value), stamp)) }
        return state
    }
}
