import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// Makes the fields of a new record from one short line.
struct NewEntry {
    let collection: CollectionDescription
    let open: OpenReplica
    let options: EntryOptions
    let isJSON: Bool

    /// What was typed longer ago belongs to another patrol.
    private static let memoryMilliseconds: Int64 = 12 * 3_600_000
    /// What a team does not change from stop to stop.
    private static let keptFields = ["mode", "team_size"]

    /// - Throws: `EntryProblems`, `CommandFailure` and what reading throws.
    func entry(
        words: [String], texts typed: [String: String], like: String?
    ) throws -> CheckedEntry {
        let all = words.isEmpty ? nil : try open.allPlaces()
        let known = try like == nil ? habits() : [:]
        let texts = try self.texts(of: words, typed, all ?? .empty)
            .merging(like == nil ? defaults(besides: known) : [:]) { typed, _ in typed }
        let places = try all ?? open.places(for: texts)
        let repeated = try repeated(like, Set(texts.keys))
        return try EntryDialogue(isJSON: isJSON).settled(texts, options.leniency) {
            texts, leniency in
            try open.checker(
                collection, allowsPersonal: options.allowsPersonal, places: places,
                leniency: leniency
            ).newRecord(texts, repeating: repeated, filling: known)
        }
    }

    private func texts(
        of words: [String], _ typed: [String: String], _ places: PlaceDirectory
    ) throws -> [String: String] {
        guard !words.isEmpty else { return typed }
        return try EntryDialogue(isJSON: isJSON).settled(typed, options.leniency) {
            typed, leniency in
            let read = try BareWords.texts(
                of: words, in: collection, given: Set(typed.keys), places: places,
                leniency: leniency)
            return typed.merging(read) { typed, _ in typed }
        }
    }

    private func repeated(_ like: String?, _ typed: Set<String>) throws -> [String: Value] {
        guard let like else { return [:] }
        let earlier = try RecordSearch(open: open).record(like, in: collection.name)
        return collection.repeated(from: earlier.values, overriding: typed)
    }

    /// What the config file says of fields that no habit fills.
    private func defaults(besides known: [String: Value]) -> [String: String] {
        ConfigFile.current.defaults(of: collection).filter { known[$0.key] == nil }
    }

    /// The mode and team of the last stop that this device saved.
    func habits() throws -> [String: Value] {
        guard collection.name == CollectionDescription.stops.name,
            let last = try open.replica.latestOwnRecord(in: collection.name),
            let stamp = last.state.fields.map(\.register.stamp.time).min()
        else { return [:] }
        let age = open.wallMilliseconds() - stamp.milliseconds
        guard (0...Self.memoryMilliseconds).contains(age) else { return [:] }
        return last.values.filter { Self.keptFields.contains($0.key) && $0.value != .null }
    }
}
