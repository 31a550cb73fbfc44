import SyncCore
import SyncProtocol
import SyncStore

/// The record of `space`, read.
struct SpaceRecord {
    let name: String
    let timeZone: String
    let policy: RolePolicy

    /// Nil before the space's first batch.
    init?(_ records: RecordTable, _ space: SpaceID) throws {
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

extension EnrolledDevice {
    /// Reads a record of `devices`; nil if it lacks its key.
    init?(_ state: RecordState) {
        func text(_ name: String) -> String? { state[name]?.value.value.text }
        guard let key = text("key").flatMap({ PublicKey(hex: $0) }) else { return nil }
        self.init(
            id: state.key.id, name: text("name") ?? "", role: text("role") ?? "", key: key,
            isRevoked: state["revoked"]?.value == .true)
    }
}
