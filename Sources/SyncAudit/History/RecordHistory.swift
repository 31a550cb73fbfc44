public import SyncCore

/// Every value that a record had, as far as a file can tell.
///
/// On a hub it is told from the journal and its verdicts alone and then compared with what the
/// hub serves. On a device it is told from its own batches, receipts and pending changes: what
/// others wrote is known only as the present state.
public struct RecordHistory: Sendable {
    public let key: RecordKey
    public let isHub: Bool
    /// In the order of the journal; on a device those without a receipt come last.
    public let events: [HistoryEvent]
    /// The conflicts about this record, in the order that the hub listed them.
    public let conflicts: [ListedConflict]
    /// What the file serves; nil if it has no such record.
    public let present: RecordState?
    /// The journal position at which the record last moved, 0 if unknown.
    public let position: Int64
    /// What the journal leads to, on a hub; nil if no change was applied.
    public let derived: RecordState?
    /// Rows of the log (positions, or a device's batch numbers) that could not be read.
    public let unreadable: [Int64]

    /// Fields in which the journal leads to another register than the file serves.
    public var differences: [String] {
        guard isHub else { return [] }
        let names = Set((present?.fields ?? []).map(\.name) + (derived?.fields ?? []).map(\.name))
        return names.filter { present?[$0] != derived?[$0] }.sorted()
    }

    /// Whether the file serves what its log leads to and everything could be read.
    public var isConsistent: Bool { differences.isEmpty && unreadable.isEmpty }
}

/// One change to a record and what came of it.
public struct HistoryEvent: Sendable {
    public enum Place: Sendable, Equatable {
        /// In the journal. Milliseconds since 1970.
        case logged(position: Int64, receivedAt: Int64)
        /// In a signed batch without a receipt.
        case sealed(batch: Int64)
        /// On the device's disk only.
        case saved
        /// Refused by the hub and kept aside.
        case held(reason: String)
    }

    public enum Kind: String, Sendable {
        case created, edited, deleted, restored, resolved
    }

    public let place: Place
    public let device: DeviceID
    /// The device's number of the batch; nil for what is not sealed.
    public let batch: Int64?
    public let claimed: StampTime
    /// What the hub ordered by; the claimed one where it has not ruled.
    public let effective: StampTime
    public let kind: Kind
    /// Why the hub did not apply it; nil if it did, or has not ruled.
    public let quarantine: String?
    public let writes: [HistoryWrite]
    /// Conflicts that the change settles.
    public let resolves: [RecordID]

    /// Whether the hub did not believe the claimed time and ordered the change just after what
    /// its writer had seen.
    public var isSuspect: Bool { claimed != effective }
}

/// What one change wrote into one field.
public struct HistoryWrite: Sendable {
    /// Which rule decided. Source: Protocol/README.md §6.2.
    public enum Rule: String, Sendable {
        /// The field had no value yet.
        case first
        /// Its stamp is later than that of the value there.
        case laterStamp = "later_stamp"
        /// Equal stamps (a cloned key): the larger canonical bytes stay.
        case largerBytes = "larger_bytes"
        case lostToLaterStamp = "lost_to_later_stamp"
        case lostToLargerBytes = "lost_to_larger_bytes"
        /// Not applied: the device's role may not write there.
        case quarantined
        /// Not ruled yet, or what it met is not in this file.
        case unknown
    }

    public let name: String
    public let value: CanonicalValue
    /// What was there; nil if nothing was, or the file does not know.
    public let before: Register?
    /// The stamp that the writer saw in the field.
    public let seen: Stamp?
    public let rule: Rule
    /// Conflicts that the write made, by whether it was the kept side.
    public let conflicts: [(id: RecordID, isKept: Bool)]

    public var isApplied: Bool {
        switch rule {
        case .first, .laterStamp, .largerBytes: true
        case .lostToLaterStamp, .lostToLargerBytes, .quarantined, .unknown: false
        }
    }
}
