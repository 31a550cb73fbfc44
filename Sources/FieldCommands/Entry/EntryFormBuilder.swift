import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// Puts the form of a new record together: what is asked, what stands there, what may be chosen.
struct EntryFormBuilder {
    let collection: CollectionDescription
    let open: OpenReplica
    let places: PlaceDirectory

    /// Records that are looked at for what is used most.
    private static let memoryLimit = 300
    /// Known, or seldom said at once: reached with the arrows.
    private static let asideFields: Set<String> = [
        "arrived_at", "left_at", "started_at", "ended_at", "held_at", "found_at", "status",
        "assigned_to", "resolved_at", "resolution", "accident_prevented", "organisation", "place",
        "audience", "severity",
    ]

    func form() throws -> FormScreen {
        let habits = try NewEntry(
            collection: collection, open: open, options: EntryOptions(), isJSON: false
        ).habits()
        let recent = try recentRecords()
        let words = Messages.fieldEntry
        let fields = try ordered.map { field in
            FormScreen.Field(
                field.name, label: field.label[.current],
                value: habits[field.name].map { text(of: $0) } ?? "",
                items: try items(for: field, recent), isAside: isAside(field))
        }
        return FormScreen(
            title: words.title.text(["label": collection.label[.current]]),
            hint: words.hint.text(), fields: fields)
    }

    /// As it is handed out: the key of a word, the digits of a number.
    private func text(of value: Value) -> String {
        switch value {
        case .text(let text): text
        default: open.presenter.text(of: value, for: nil)
        }
    }

    private func isAside(_ field: FieldDescription) -> Bool {
        if field.name == "grid" { return collection.field(named: "point") != nil }
        return Self.asideFields.contains(field.name)
    }

    /// Asked fields first, in the order of a form.
    private var ordered: [FieldDescription] {
        let head = collection.name == "hazards" ? ["point", "category"] : []
        let first = head.compactMap { collection.field(named: $0) }
        let rest = collection.fields.filter { !head.contains($0.name) }
        return first + rest.filter { !isAside($0) } + rest.filter { isAside($0) }
    }

    /// What follows from what was chosen: the grid of the point.
    func complete(_ form: inout FormScreen) {
        guard let code = form.values["point"], let grid = places.point(code: code)?.grid else {
            return
        }
        form.stand(grid, in: "grid")
    }

    private func recentRecords() throws -> [RecordView] {
        guard let field = collection.eventTimeField else { return [] }
        return try open.replica.latestRecords(
            in: collection.name, by: field, limit: Self.memoryLimit, isDeleted: false)
    }

    private func items(
        for field: FieldDescription, _ recent: [RecordView]
    ) throws -> [FormScreen.Item] {
        var uses: [String: Int] = [:]
        for view in recent {
            if let text = view.values[field.name]?.text { uses[text, default: 0] += 1 }
        }
        switch field.type {
        case .enumeration(let vocabulary):
            return vocabulary.terms.enumerated()
                .sorted {
                    (uses[$0.element.key] ?? 0, -$0.offset) > (
                        uses[$1.element.key] ?? 0, -$1.offset
                    )
                }
                .map { item(of: $0.element) }
        case .pointCode: return pointItems(uses, last: recent.last?.values["point"]?.text)
        case .grid:
            return places.grids.sorted { (uses[$0] ?? 0, $1) > (uses[$1] ?? 0, $0) }.map {
                FormScreen.Item(text: $0, title: $0, keys: [Self.number(of: $0)])
            }
        default: return []
        }
    }

    private func item(of term: Vocabulary.Term) -> FormScreen.Item {
        FormScreen.Item(
            text: term.key, title: term.label[.current],
            keys: [term.label.en, term.label.zh, PinyinInitials.of(term.label.zh)]
                + term.spellings)
    }

    /// Nearest to the last point first, then those used most.
    private func pointItems(_ uses: [String: Int], last: String?) -> [FormScreen.Item] {
        let here = last.flatMap { places.point(code: $0)?.place }
        func distance(_ point: KnownPoint) -> Double {
            guard let here, let place = point.place, point.code != last else { return .infinity }
            return here.distance(to: place)
        }
        let ranked = places.points.filter(\.isActive).map { ($0, distance($0)) }.sorted {
            ($0.1, -(uses[$0.0.code] ?? 0), $0.0.code) < ($1.1, -(uses[$1.0.code] ?? 0), $1.0.code)
        }
        return ranked.map { point, _ in
            FormScreen.Item(
                text: point.code, title: [point.title, point.grid ?? ""].joined(separator: " "),
                keys: [Self.number(of: point.code), point.name, PinyinInitials.of(point.name)])
        }
    }

    /// `14` of `NDJ-014`.
    private static func number(of code: String) -> String {
        let digits = String(code.reversed().prefix { $0.isNumber }.reversed())
        let significant = digits.drop { $0 == "0" }
        return significant.isEmpty ? digits : String(significant)
    }
}
