import SyncCore
import SyncProtocol
import SyncStore

/// What the fields that a change set held before it: kept so that it can be taken back.
///
/// One row of `meta` for each change of a record that was there, under `before/` and the claimed
/// stamp time: the canonical object of the values, fields that had none left out.
struct BeforeTable {
    private let meta: MetaTable

    static let prefix = "before/"

    init(_ store: StoreConnection) {
        meta = MetaTable(store)
    }

    /// - Parameter present: the record as it was before the change.
    func keep(_ present: RecordState, before change: Change) throws {
        let names = change.set.map(\.name)
        let fields = present.fields.filter { names.contains($0.name) }
        let bytes = RecordState(present.key, fields: fields).fieldsJSON
        try meta.set(Self.prefix + change.stamp.hex, .blob(bytes))
    }

    /// Nil for a change that made its record, and for one of an earlier version.
    func values(before stamp: StampTime) throws -> [String: Value]? {
        guard let bytes = try meta.blob(Self.prefix + stamp.hex),
            case .object(let members)? = try? JSONParser.parse(bytes)
        else { return nil }
        return members.compactMapValues(\.scalar)
    }
}
