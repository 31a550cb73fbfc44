public import SyncCore
import SyncStore

/// A record as one side of a comparison holds it.
public struct FoundRecord: Sendable {
    /// Why no program of FieldSync can have written a row.
    public enum Fault: String, Sendable {
        /// Its collection or id is not a name that a record can have.
        case name
        /// Its fields are not a canonical object of scalars.
        case fields
        /// Its stamps cannot be read, or are not packed as the programs pack them.
        case clock
        /// Several rows have this name.
        case repeated
    }

    public let key: RowKey
    /// The registers; nil where the row cannot be read.
    public let state: RecordState?
    public private(set) var fault: Fault?
    /// The row's bytes as they stand; empty for a record that came over the wire.
    public let rawFields: [UInt8]
    public let rawClock: [UInt8]
    /// The journal position at which it last moved; 0 if this side does not know one.
    public let position: Int64

    /// A record in canonical form.
    public init(_ state: RecordState, position: Int64) {
        key = RowKey(state.key)
        self.state = state
        self.position = position
        (rawFields, rawClock) = ([], [])
    }

    /// Reads a row whose columns are `collection, id, fields, clock, position`.
    init(_ row: StoreStatement, peers: PeerTable) {
        key = RowKey(collection: row.array(0), id: row.array(1))
        rawFields = row.array(2)
        rawClock = row.array(3)
        position = row.integer(4)
        guard let recordKey = key.recordKey else {
            (state, fault) = (nil, .name)
            return
        }
        guard let clock = try? ClockBytes.decode(row.bytes(3), peers: peers) else {
            (state, fault) = (nil, .clock)
            return
        }
        guard let state = try? RecordState(recordKey, fields: row.bytes(2), clock: clock),
            !state.fields.isEmpty
        else {
            (state, fault) = (nil, .fields)
            return
        }
        self.state = state
        // Entries that name no field, or are out of order, are not the programs' doing.
        fault = state.recordClock == clock ? nil : .clock
    }

    func register(_ name: String) -> Register? { state?[name] }

    /// The same row twice under one name.
    mutating func markRepeated() { fault = .repeated }

    /// Whether both hold the same; what cannot be read is compared by its bytes.
    func isSame(as other: FoundRecord) -> Bool {
        if fault == nil, other.fault == nil { return state == other.state }
        return fault == other.fault && rawFields == other.rawFields && rawClock == other.rawClock
    }
}
