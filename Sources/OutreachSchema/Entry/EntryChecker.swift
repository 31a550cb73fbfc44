public import SyncCore

/// Checks what a person typed for a record, field by field, and says all that is wrong at once.
///
/// What is known is filled in: the event time (`arrived_at`, `started_at`, `held_at`, `found_at`)
/// is now unless given, the grid is the point's, a hazard is open.
public struct EntryChecker: Sendable {
    public let collection: CollectionDescription
    private let times: TimeReader
    private let now: Int64
    private let policy: PersonalDataPolicy
    private let places: PlaceDirectory
    private let leniency: EntryLeniency

    /// - Parameters:
    ///   - now: seconds since 1970, corrected by the clock difference if one is known.
    ///   - places: what codes are held against; an empty list takes every code.
    ///   - leniency: what the person has said is right.
    public init(
        _ collection: CollectionDescription, zone: ZoneRules, now: Int64,
        personal policy: PersonalDataPolicy = .refuse, places: PlaceDirectory = .empty,
        leniency: EntryLeniency = []
    ) {
        self.collection = collection
        self.now = now
        times = TimeReader(zone: zone, now: now)
        self.policy = policy
        self.places = places
        self.leniency = leniency
    }

    /// The fields of a new record.
    ///
    /// - Parameters:
    ///   - texts: what was typed, by field name. A blank text leaves its field empty.
    ///   - repeated: fields taken over from another record (`CollectionDescription.repeated`).
    ///   - known: values for fields that nobody typed, such as the mode of the night's last stop.
    public func newRecord(
        _ texts: [String: String], repeating repeated: [String: Value] = [:],
        filling known: [String: Value] = [:]
    ) throws(EntryProblems) -> CheckedEntry {
        var (fields, problems) = read(texts, of: [:], isNew: true)
        fields.merge(repeated) { typed, _ in typed }
        let filled = filled(fields, known)
        fields = fields.merging(filled) { typed, _ in typed }.filter { $0.value != .null }
        let refused = Set(problems.compactMap(\.field))
        if let name = collection.eventTimeField, fields[name] == nil, !refused.contains(name) {
            fields[name] = .text(RFC3339.text(utcSeconds: now))
        }
        let checks = RecordChecks(collection: collection)
        problems += checks.missing(in: fields).filter { !refused.contains($0.field!) }
        problems += doubts(in: fields, typed: Set(texts.keys).subtracting(refused))
        return try finish(fields, problems, filled: filled.keys.sorted())
    }

    /// The fields that an edit sets. A blank text clears its field (null).
    ///
    /// - Parameter current: the record as it is: both times of a span count, and a time without a
    ///   date lies in its shift.
    public func edit(
        _ texts: [String: String], of current: [String: Value]
    ) throws(EntryProblems) -> CheckedEntry {
        var (fields, problems) = read(texts, of: current, isNew: false)
        let refused = Set(problems.compactMap(\.field))
        let merged = current.merging(fields) { _, new in new }
        let checks = RecordChecks(collection: collection)
        problems += checks.missing(in: merged).filter { fields[$0.field!] != nil }
        problems += doubts(in: merged, typed: Set(fields.keys).subtracting(refused))
        return try finish(fields, problems)
    }

    /// What is known of fields that were not typed.
    private func filled(
        _ fields: [String: Value], _ known: [String: Value]
    ) -> [String: Value] {
        var all = known
        if let code = fields["point"]?.text, let grid = places.point(code: code)?.grid {
            all["grid"] = .text(grid)
        }
        if collection.name == CollectionDescription.hazards.name { all["status"] = "open" }
        return all.filter { fields[$0.key] == nil && collection.field(named: $0.key) != nil }
    }

    /// Unlikely times, and ends before their starts.
    private func doubts(in fields: [String: Value], typed: Set<String>) -> [EntryProblem] {
        guard !leniency.contains(.asIs) else { return [] }
        let order = RecordChecks(collection: collection).wrongOrder(in: fields).filter { problem in
            collection.spans.contains {
                $0.end == problem.field && (typed.contains($0.start) || typed.contains($0.end))
            }
        }
        let doubts = EntryDoubts(collection: collection, zone: times.zone, now: now)
        return order + doubts.problems(in: fields, typed: typed)
    }

    /// Blank texts come out as null.
    private func read(
        _ texts: [String: String], of current: [String: Value], isNew: Bool
    ) -> ([String: Value], [EntryProblem]) {
        let reader = ValueReader(times: times)
        let typed = TypedText(places: places, leniency: leniency)
        var fields: [String: Value] = [:]
        var problems = unknownFields(texts)
        for field in collection.fields {
            guard let text = texts[field.name] else { continue }
            let anchor = anchor(of: field, current.merging(fields) { $1 }, isNew: isNew)
            do throws(EntryProblem) {
                let meant = try typed.resolved(text, for: field)
                fields[field.name] =
                    try reader.value(of: meant, for: field, anchor: anchor) ?? .null
            } catch {
                problems.append(error)
            }
        }
        return (fields, problems)
    }

    /// The night that a time without a date belongs to.
    private func anchor(
        of field: FieldDescription, _ fields: [String: Value], isNew: Bool
    ) -> TimeAnchor {
        guard field.type == .time else { return .present }
        if let span = collection.spans.first(where: { $0.end == field.name }) {
            guard span.isStay else { return .present }
            let start = fields[span.start]?.text.flatMap { RFC3339.utcSeconds($0) }
            return (start ?? (isNew ? now : nil)).map { .after($0) } ?? .present
        }
        guard !isNew, let shift = collection.shift(of: fields, in: times.zone) else {
            return .present
        }
        return .shift(shift)
    }

    private func unknownFields(_ texts: [String: String]) -> [EntryProblem] {
        let names = collection.fields.map(\.name)
        return texts.keys.filter { !names.contains($0) }.sorted().map { name in
            EntryProblem(
                .unknownField, name: name, facts: ["values": names.joined(separator: ", ")])
        }
    }

    private func finish(
        _ fields: [String: Value], _ problems: [EntryProblem], filled: [String] = []
    ) throws(EntryProblems) -> CheckedEntry {
        let personal = RecordChecks(collection: collection).personal(in: fields)
        let all = problems + (policy == .refuse ? personal : [])
        guard all.isEmpty else { throw EntryProblems(all) }
        return CheckedEntry(
            fields: fields, personalFields: personal.compactMap(\.field), filledFields: filled)
    }
}
