public import SyncCore

/// A hub's address as a device tells it: with the beginning of the certificate's pin, if it has one.
public enum HubMark {
    public static func text(_ url: String, _ tls: Hash256?) -> String {
        url + (tls.map { "#" + $0.hex.prefix(16) } ?? "")
    }
}

/// The record of `space`, read.
package struct SpaceRecord {
    package let name: String
    package let timeZone: String
    package let policy: RolePolicy
    /// Where the hub says that it is or will be; nil if it says nothing.
    package let address: (url: String, tls: Hash256?)?

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
        let url = text("url")
        address = url.isEmpty ? nil : (url, Hash256(hex: text("tls")))
    }
}
