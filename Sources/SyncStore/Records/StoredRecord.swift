package import SyncCore

/// A row of `records`, read out.
package struct StoredRecord {
    package let row: Int64
    package let key: RecordKey
    /// Canonical JSON of the values.
    package let fields: [UInt8]
    package let clock: RecordClock
    /// On a hub: the journal position at which it last moved. On a device: the same, as pulled;
    /// 0 for what the hub has not ruled on.
    package let position: Int64

    /// The canonical state: what is sent, hashed and compared.
    package var stateBytes: [UInt8] {
        fields.withUnsafeBytes { RecordBytes.state(key: key, fields: $0, clock: clock) }
    }

    package var hash: Hash256 { MessageKind.record.hash(stateBytes) }

    /// The registers.
    ///
    /// - Throws: `JSONError` if the row was altered outside the programs.
    package func state() throws -> RecordState {
        try fields.withUnsafeBytes { try RecordState(key, fields: $0, clock: clock) }
    }
}
