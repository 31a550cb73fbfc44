public import SyncCore
public import SyncProtocol

/// What came of a bundle's import on a device.
public struct BundleImport: Sendable {
    /// An item that was not taken.
    public struct Refused: Sendable, Equatable {
        public let kind: BundleItem.Kind
        public let fault: BundleItemFault

        public init(kind: BundleItem.Kind, fault: BundleItemFault) {
            self.kind = kind
            self.fault = fault
        }
    }

    /// The hub's signed no to a request of this device.
    public struct HubRefusal: Sendable {
        public let kind: BundleItem.Kind
        /// Number of the batch; nil for other requests.
        public let batch: Int64?
        public let error: WireError
    }

    /// Refused items that are listed one by one; of more only the number is told.
    public static let listLimit = 1_000

    /// The hub has enrolled this device.
    public internal(set) var hasJoined = false
    /// Records that came with the pages.
    public internal(set) var pulled = 0
    /// Pages applied.
    public internal(set) var pages = 0
    /// Pages and receipts that were taken before.
    public internal(set) var repeated = 0
    /// Pages that answer a question which this device has meanwhile gone past.
    public internal(set) var outdated = 0
    /// More pages follow the last one that was there.
    public internal(set) var isIncomplete = false
    /// Batches that are on the hub now, and the changes in them.
    public internal(set) var batches = 0
    public internal(set) var receipted = 0
    public internal(set) var conflicts = 0
    public internal(set) var suspect = 0
    public internal(set) var quarantined = 0
    /// Changes that the hub refused and that are kept aside.
    public internal(set) var setAside = 0
    /// Records that a repair put right.
    public internal(set) var healed = 0
    /// Size of the journal at the last page; 0 without one.
    public internal(set) var position: Int64 = 0
    public internal(set) var digest = DigestComparison.notCompared
    /// What healed, to be said once.
    public internal(set) var notices: [HealingNotice] = []
    /// Something is being healed: another bundle, there and back, goes on with it.
    public internal(set) var isHealing = false
    /// Why this device takes nothing more from the hub; nil if all is well.
    public internal(set) var halt: SyncSession.Halt?
    public internal(set) var hubRefusals: [HubRefusal] = []
    /// Items of other devices in the file, by device, whether they were held before or not.
    public internal(set) var others: [DeviceID: Int] = [:]
    /// Of those, the ones that were not held before.
    public internal(set) var carried = 0
    /// Items that are not held, since so much is held already.
    public internal(set) var notCarried = 0
    /// Items held for others now.
    public internal(set) var held = 0
    public internal(set) var refused: [Refused] = []
    public internal(set) var refusedCount = 0
    /// Items of kinds that this version does not know.
    public internal(set) var unknown = 0

    mutating func refuse(_ kind: BundleItem.Kind, _ fault: BundleItemFault) {
        refusedCount += 1
        if refused.count < Self.listLimit { refused.append(Refused(kind: kind, fault: fault)) }
    }
}
