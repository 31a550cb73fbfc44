public import SyncCore
public import SyncProtocol

/// What a proof shows once every check has passed.
///
/// It does not show that there are no other changes to the record, nor what the record holds now.
public struct ProvenRecord: Sendable {
    public let record: RecordKey
    public let space: SpaceID
    public let hub: DeviceID
    /// By size; the last one is the newest.
    public let heads: [Head]
    /// In the order of the journal.
    public let changes: [ProvenChange]
}

/// One change to a record, as a device signed it and the hub decided.
public struct ProvenChange: Sendable {
    public let position: Int64
    /// Milliseconds since 1970.
    public let receivedAt: Int64
    public let device: DeviceID
    /// As the hub enrolled it; nil where the enrolment is not in the proof.
    public let enrolment: Enrolment?
    /// The device's number of the batch, and the change's index in it.
    public let batch: Int64
    public let index: Int
    public let change: Change
    /// What the hub ordered by.
    public let effective: StampTime
    /// Why the hub did not apply it; nil if it did.
    public let quarantine: String?

    public var isSuspect: Bool { change.stamp != effective }

    public struct Enrolment: Sendable, Equatable {
        public let name: String
        public let role: String
        public let position: Int64
    }
}
