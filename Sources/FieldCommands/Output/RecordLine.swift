import CommandKit
import OutreachSchema
import SyncCore

/// One record in one line: what was understood, with the point's name.
struct RecordLine {
    let record: ShownRecord
    let open: OpenReplica
    /// Times of this shift are shown without their date.
    private let running: Shift

    /// Values that tell by themselves what they are.
    private static let plainFields: Set<String> = [
        "point", "grid", "kind", "category", "topic", "method", "mode", "status", "organisation",
        "place", "note", "resolution", "code", "name",
    ]

    init(_ record: ShownRecord, _ open: OpenReplica) throws {
        self.record = record
        self.open = open
        let now = try open.correctedNow().milliseconds / 1_000
        running = Shift(containingUTCSeconds: now, in: open.zone)
    }

    /// - Parameter names: the fields to tell of; all that have a value if nil.
    func text(of names: [String]? = nil) throws -> String {
        let shown = names ?? record.fieldNames.filter { record.values[$0] != .null }
        let parts = try shown.compactMap { try part($0, among: shown) }
        return parts.joined(separator: open.language == .chinese ? "，" : ", ")
    }

    private func part(_ name: String, among shown: [String]) throws -> String? {
        let value = record.values[name] ?? .null
        if name == "point", let code = value.text {
            return try pointText(code, hasGrid: shown.contains("grid"))
        }
        // It stands behind the point.
        if name == "grid", shown.contains("point"), value != .null { return nil }
        let field = record.collection?.field(named: name)
        let text = value == .null ? Messages.fieldWhy.nothing.text() : shownText(value, field)
        let isPlain =
            Self.plainFields.contains(name) || name == record.collection?.eventTimeField
        guard !isPlain || value == .null else { return text }
        return "\(record.label(of: name)) \(text)"
    }

    private func pointText(_ code: String, hasGrid: Bool) throws -> String {
        let title = try open.point(code: code)?.title ?? code
        guard hasGrid, let grid = record.values["grid"]?.text else { return title }
        return open.language == .chinese ? "\(title)（\(grid)）" : "\(title) (\(grid))"
    }

    private func shownText(_ value: Value, _ field: FieldDescription?) -> String {
        guard field?.type == .time, let seconds = value.text.flatMap({ RFC3339.utcSeconds($0) })
        else { return open.presenter.text(of: value, for: field) }
        let local = "\(open.zone.localTime(atUTCSeconds: seconds))"
        let isTonight = Shift(containingUTCSeconds: seconds, in: open.zone) == running
        return isTonight ? String(local.suffix(5)) : local
    }
}
