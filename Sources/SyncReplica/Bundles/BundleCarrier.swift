import SyncCore
import SyncProtocol
import SyncStore

/// Holds items of other devices in one import, a few at a time.
struct BundleCarrier {
    /// Bytes that are gathered before they are committed: each commit waits for the disk.
    private static let gatheredBytes = 4 << 20

    private let replica: Replica
    private var gathered: [(item: BundleItem, message: BundleMessage)] = []
    private var byteCount = 0
    private var hasCarried = false

    init(replica: Replica) {
        self.replica = replica
    }

    /// Checks an item against its author's key, where this device knows it, and gathers it.
    mutating func take(
        _ item: BundleItem, _ message: BundleMessage, _ report: inout BundleImport
    ) throws {
        if let key = try replica.key(of: message.device), !message.isSigned(byDevice: key) {
            return report.refuse(item.kind, .notSigned)
        }
        report.others[message.device, default: 0] += 1
        gathered.append((item, message))
        byteCount += item.line.count
        if byteCount > Self.gatheredBytes { try commit(&report) }
    }

    mutating func finish(_ report: inout BundleImport) throws {
        try commit(&report)
        report.held = try replica.settleCarried(hasCarried)
    }

    private mutating func commit(_ report: inout BundleImport) throws {
        guard !gathered.isEmpty else { return }
        if let carried = try replica.carry(gathered) {
            report.carried += carried
            hasCarried = true
        } else {
            report.notCarried += gathered.count
        }
        (gathered, byteCount) = ([], 0)
    }
}

extension Replica {
    /// - Returns: how many were not held before; nil if there is no room for more.
    fileprivate func carry(_ items: [(item: BundleItem, message: BundleMessage)]) throws -> Int? {
        let now = environment.nowMilliseconds()
        return try file.write { store in
            let table = CarriedTable(store)
            let records = RecordTable(store)
            guard try table.packedBytes() <= CarriedTable.bytesLimit else { return nil }
            return try items.reduce(0) { count, entry in
                // Only a pull that its device surely signed makes anything be dropped.
                if case .pull(let pull) = entry.message,
                    try EnrolledDevice(pull.device, in: records) != nil,
                    try !table.acknowledge(pull)
                {
                    return count
                }
                let carried = CarriedItem(entry.item, entry.message)
                return count + (try table.insert(carried, at: now) ? 1 : 0)
            }
        }
    }

    /// Drops what is settled.
    ///
    /// - Returns: how many items are held for others.
    fileprivate func settleCarried(_ hasChanged: Bool) throws -> Int {
        let now = environment.nowMilliseconds()
        guard hasChanged else { return try carriedCount() }
        return try file.write { store in
            try CarriedTable(store).settle(at: now)
            return try CarriedTable(store).count()
        }
    }

    /// Items of and for other devices that wait to be passed on.
    public func carriedCount() throws -> Int {
        try file.read { try CarriedTable($0).count() }
    }
}
