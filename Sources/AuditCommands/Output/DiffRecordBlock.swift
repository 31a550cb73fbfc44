import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore

/// One record that differs, field by field, with marks where a text changed.
struct DiffRecordBlock {
    private let record: RecordDifference
    private let zone: ZoneRules
    /// In place of side and cause.
    private let note: String?
    /// Who wrote a field, in place of both sides' stamps.
    private let authors: ((FieldDifference) -> [String])?
    private let presenter: ValuePresenter
    private let words = Messages.auditDiff

    private static let indentation = "    "
    /// Code points that are shown of a text in another Unicode form.
    private static let codePointLimit = 12
    /// Bytes of a row that cannot be read.
    private static let rawLimit = 400

    init(
        _ record: RecordDifference, zone: ZoneRules, note: String? = nil,
        authors: ((FieldDifference) -> [String])? = nil
    ) {
        self.record = record
        self.zone = zone
        self.note = note
        self.authors = authors
        presenter = ValuePresenter(language: DiffLabels.language, zone: zone)
    }

    func print(on console: Console) {
        let collection = DiffLabels.collection(record.key.collection)
        let heading = "\(collection)  \(record.key.id)".sanitised()
        let rest =
            note.map { "  –  \($0)" }
            ?? "  \(DiffLabels.side(record.side))  –  \(DiffCauseWords.text(record.cause))"
        console.print(console.styled(heading, .bold) + rest)
        for (side, found) in [("A", record.a), ("B", record.b)] {
            if let found, let fault = found.fault { console.print(raw(side, found, fault)) }
        }
        for field in record.fields { show(field, on: console) }
        console.print()
    }

    private func raw(_ side: String, _ found: FoundRecord, _ fault: FoundRecord.Fault) -> String {
        let text = String(decoding: found.rawFields.prefix(Self.rawLimit), as: UTF8.self)
        return "  "
            + words.unreadableRow.text([
                "side": side, "reason": DiffCauseWords.text(fault), "raw": text,
            ])
    }

    private func show(_ field: FieldDifference, on console: Console) {
        let label = DiffLabels.field(field.name, in: record.key.collection)
        var line = "  \(label): ".sanitised() + change(field, on: console)
        if field.cause != record.cause { line += "  –  \(DiffCauseWords.text(field.cause))" }
        console.print(line)
        for form in otherForms(field) { console.print(Self.indentation + form) }
        if let authors {
            for line in authors(field) {
                console.print(console.styled(Self.indentation + line.sanitised(), .dim))
            }
            return
        }
        guard field.kind != .value else { return }
        for (side, register) in [("A", field.a), ("B", field.b)] {
            guard let register else { continue }
            let author = words.writtenBy.text([
                "time": zone.localTime(atUTCSeconds: register.stamp.time.milliseconds / 1_000),
                "device": register.stamp.device.hex.prefix(8),
            ])
            console.print(console.styled("\(Self.indentation)\(side)  \(author)", .dim))
        }
    }

    private func change(_ field: FieldDifference, on console: Console) -> String {
        guard record.side == .both else { return text(field.a ?? field.b, field.name) }
        if field.kind == .stamp {
            return "\(text(field.a, field.name))  (\(words.stampsDiffer.text()))"
        }
        if let marks = marks(field) {
            return marks.map { styled($0, on: console) }.joined()
        }
        return styled(.removed(text(field.a, field.name)), on: console)
            + styled(.added(text(field.b, field.name)), on: console)
    }

    /// Nil for what is no free text: half a time or a code tells nobody anything.
    private func marks(_ field: FieldDifference) -> [TextMark]? {
        guard field.kind != .stamp, case .text(let old)? = field.a?.value.value,
            case .text(let new)? = field.b?.value.value,
            description(of: field.name)?.isFreeText ?? true
        else { return nil }
        return TextMarks.marks(from: old, to: new)
    }

    /// The marks stay on a terminal too: colour is never the only carrier of a meaning.
    private func styled(_ mark: TextMark, on console: Console) -> String {
        switch mark {
        case .same(let text): text.sanitised()
        case .removed(let text): console.styled("[-\(text.sanitised())-]", .red)
        case .added(let text): console.styled("{+\(text.sanitised())+}", .green)
        }
    }

    private func description(of name: String) -> FieldDescription? {
        Schema.outreach.collection(named: record.key.collection)?.field(named: name)
    }

    private func text(_ register: Register?, _ name: String) -> String {
        guard let register else { return words.absent.text() }
        let value = register.value.value
        guard value != .null else { return words.empty.text() }
        return presenter.text(of: value, for: description(of: name)).sanitised()
    }

    /// Words that show the same characters on both sides (NFC and NFD), with what tells them apart.
    private func otherForms(_ field: FieldDifference) -> [String] {
        let marks = marks(field) ?? []
        return zip(marks, marks.dropFirst()).compactMap { first, second in
            guard case .removed(let old) = first, case .added(let new) = second, old == new
            else { return nil }
            return words.otherForm.text([
                "a": Self.codePoints(old, beside: new), "b": Self.codePoints(new, beside: old),
            ])
        }
    }

    /// The code points in which the texts differ, beginning and end that they share left out.
    private static func codePoints(_ text: String, beside otherText: String) -> String {
        var rest = Array(text.unicodeScalars)[...]
        var others = Array(otherText.unicodeScalars)[...]
        while let first = rest.first, first == others.first {
            rest.removeFirst()
            others.removeFirst()
        }
        while let last = rest.last, last == others.last {
            rest.removeLast()
            others.removeLast()
        }
        return rest.prefix(codePointLimit).map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }.joined(separator: " ")
    }
}

extension FieldDescription {
    /// Whether people write it in their own words, rather than as a time or one of a list.
    fileprivate var isFreeText: Bool {
        if case .text = type { true } else { false }
    }
}
