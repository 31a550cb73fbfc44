import CommandKit
import OutreachSchema
import SyncCore

/// A record with what the schema knows about it.
struct ShownRecord {
    let state: RecordState
    /// Nil for a collection that this version does not know.
    let collection: CollectionDescription?
    /// Values by field; the protocol's own registers are left out.
    let values: [String: Value]
    let shift: Shift?

    init(_ state: RecordState, zone: ZoneRules) {
        self.state = state
        collection = Schema.outreach.collection(named: state.key.collection)
        let shown = state.fields.filter { !$0.name.hasPrefix("_") }
        values = Dictionary(uniqueKeysWithValues: shown.map { ($0.name, $0.register.value.value) })
        shift = collection?.shift(of: values, in: zone)
    }

    /// The beginning of the id that people are shown: for ids of this program, the time part.
    var shortID: String { String(state.key.id.hex.prefix(ShortID.leastDigits)) }

    var label: String { collection?.label[.current] ?? state.key.collection }

    /// The fields in the order of a form, those that the schema does not know last.
    var fieldNames: [String] {
        let known = collection?.fields.map(\.name).filter { values[$0] != nil } ?? []
        return known + values.keys.filter { !known.contains($0) }.sorted()
    }

    func label(of field: String) -> String {
        if field == FieldName.deleted { return Messages.fieldRecords.isDeleted.text() }
        return collection?.field(named: field)?.label[.current] ?? field
    }

    /// The object that `add`, `edit`, `delete`, `restore`, `show` and `list` print.
    var json: JSONOutput { .object(members) }

    /// What `add` prints: with the fields that nobody typed.
    func json(filled: [String]) -> JSONOutput {
        .object(members + [.init("filled", .array(filled.map { .string($0) }))])
    }

    private var members: [JSONOutput.Member] {
        [
            .init("id", .string(state.key.id.hex)),
            .init("collection", .string(state.key.collection)),
            .init("stamp", JSONOutput(state.clock?.text)),
            .init("shift", JSONOutput(shift?.description)),
            .init("deleted", .bool(state.isDeleted)),
            .init(
                "fields",
                .object(
                    fieldNames.map { .init($0, JSONOutput(values[$0] ?? .null)) })),
        ]
    }
}

/// How many digits of ids a listing shows.
enum ShortID {
    /// The time part of an id made here.
    static let leastDigits = 12

    /// Enough to tell the ids apart.
    static func digits(telling ids: [RecordID]) -> Int {
        for count in [leastDigits, 16, 20] {
            if Set(ids.map { $0.hex.prefix(count) }).count == ids.count { return count }
        }
        return 32
    }
}
