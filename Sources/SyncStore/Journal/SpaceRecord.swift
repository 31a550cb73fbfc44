package import SyncCore

/// The record of `space`, read.
package struct SpaceRecord {
    package let name: String
    package let timeZone: String
    package let policy: RolePolicy

    /// Nil before the space's first batch.
    package init?(_ records: RecordTable, _ space: SpaceID) throws {
        guard let state = try records.record(RecordKey(HubCollection.space, space))?.state() else {
            return nil
        }
        func text(_ name: String) -> String { state[name]?.value.value.text ?? "" }
        name = text("name")
        timeZone = text("time_zone")
        let collections = text("operator_collections").split(separator: " ").map(String.init)
        policy = RolePolicy(operatorCollections: Set(collections))
    }
}
