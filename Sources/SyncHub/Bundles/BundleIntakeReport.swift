public import SyncCore
public import SyncProtocol

/// What came of bundles that were brought to the hub.
public struct BundleIntakeReport: Sendable {
    /// An item that the hub did not take.
    public struct Refused: Sendable {
        public let kind: BundleItem.Kind
        /// Whose it says it is; nil if it could not be read.
        public let device: DeviceID?
        /// Number of the batch; nil for other items.
        public let batch: Int64?
        public let error: WireError
    }

    /// Refused items that are listed one by one; of more only the number is told.
    public static let listLimit = 1_000

    /// Devices whose join is answered, enrolled now or before.
    public internal(set) var enrolled: Set<DeviceID> = []
    /// Batches that are new in the journal, and the changes in them.
    public internal(set) var batches = 0
    public internal(set) var changes = 0
    /// Batches that the journal held already.
    public internal(set) var repeated = 0
    /// Devices whose questions are answered, and the pages of that.
    public internal(set) var answered: Set<DeviceID> = []
    public internal(set) var pages = 0
    /// Devices for which the answer had no more room; they ask for the rest.
    public internal(set) var incomplete: Set<DeviceID> = []
    /// Answers of the hub's own, on their way: passed over.
    public internal(set) var passedOver = 0
    /// Items of kinds that this version does not know.
    public internal(set) var unknown = 0
    public internal(set) var refused: [Refused] = []
    public internal(set) var refusedCount = 0
    /// Where the answer is; nil if there was nothing to answer.
    public internal(set) var answer: String?
    /// The journal's size.
    public internal(set) var position: Int64 = 0

    mutating func refuse(
        _ kind: BundleItem.Kind, _ device: DeviceID?, batch: Int64?, _ error: WireError
    ) {
        refusedCount += 1
        guard refused.count < Self.listLimit else { return }
        refused.append(Refused(kind: kind, device: device, batch: batch, error: error))
    }
}

/// Why the answer cannot be written where it should go.
public enum BundleIntakeFault: Error, Sendable, Equatable {
    /// A file is there that is no answer of this hub, or one of the bundles to read.
    case answerExists(path: String)
}
