public import SyncCore

/// Checks what a person typed for a record, field by field, and says all that is wrong at once.
///
/// Nothing is filled in but the event time (`arrived_at`, `started_at`, `held_at`, `found_at`),
/// which is now unless given.
public struct EntryChecker: Sendable {
    public let collection: CollectionDescription
    private let times: TimeReader
    private let policy: PersonalDataPolicy

    /// - Parameter now: seconds since 1970, corrected by the clock difference if one is known.
    public init(
        _ collection: CollectionDescription, zone: ZoneRules, now: Int64,
        personal policy: PersonalDataPolicy = .refuse
    ) {
        self.collection = collection
        times = TimeReader(zone: zone, now: now)
        self.policy = policy
    }

    /// The fields of a new record.
    ///
    /// - Parameters:
    ///   - texts: what was typed, by field name. Blank texts are as if not given.
    ///   - repeated: fields taken over from another record (`CollectionDescription.repeated`).
    public func newRecord(
        _ texts: [String: String], repeating repeated: [String: Value] = [:]
    ) throws(EntryProblems) -> CheckedEntry {
        var (fields, problems) = read(texts)
        fields.merge(repeated) { typed, _ in typed }
        fields = fields.filter { $0.value != .null }
        if let name = collection.eventTimeField, fields[name] == nil, let now = times.now,
            !problems.contains(where: { $0.field == name })
        {
            fields[name] = .text(RFC3339.text(utcSeconds: now))
        }
        let refused = Set(problems.compactMap(\.field))
        let checks = RecordChecks(collection: collection)
        problems += checks.missing(in: fields).filter { !refused.contains($0.field!) }
        problems += checks.wrongOrder(in: fields)
        return try finish(fields, problems)
    }

    /// The fields that an edit sets. A blank text clears its field (null).
    ///
    /// - Parameter current: the record as it is: both times of a span count.
    public func edit(
        _ texts: [String: String], of current: [String: Value]
    ) throws(EntryProblems) -> CheckedEntry {
        var (fields, problems) = read(texts)
        let merged = current.merging(fields) { _, new in new }
        let checks = RecordChecks(collection: collection)
        problems += checks.missing(in: merged).filter { fields[$0.field!] != nil }
        problems += checks.wrongOrder(in: merged).filter { problem in
            collection.spans.contains {
                $0.end == problem.field && (fields[$0.start] != nil || fields[$0.end] != nil)
            }
        }
        return try finish(fields, problems)
    }

    /// Blank texts come out as null.
    private func read(_ texts: [String: String]) -> ([String: Value], [EntryProblem]) {
        let reader = ValueReader(times: times)
        var fields: [String: Value] = [:]
        var problems = unknownFields(texts)
        for field in collection.fields {
            guard let text = texts[field.name] else { continue }
            do throws(EntryProblem) {
                fields[field.name] = try reader.value(of: text, for: field) ?? .null
            } catch {
                problems.append(error)
            }
        }
        return (fields, problems)
    }

    private func unknownFields(_ texts: [String: String]) -> [EntryProblem] {
        let names = collection.fields.map(\.name)
        return texts.keys.filter { !names.contains($0) }.sorted().map { name in
            EntryProblem(
                .unknownField, name: name, facts: ["values": names.joined(separator: ", ")])
        }
    }

    private func finish(
        _ fields: [String: Value], _ problems: [EntryProblem]
    ) throws(EntryProblems) -> CheckedEntry {
        let personal = RecordChecks(collection: collection).personal(in: fields)
        let all = problems + (policy == .refuse ? personal : [])
        guard all.isEmpty else { throw EntryProblems(all) }
        return CheckedEntry(fields: fields, personalFields: personal.compactMap(\.field))
    }
}
