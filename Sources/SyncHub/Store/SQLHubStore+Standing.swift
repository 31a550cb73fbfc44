public import SyncCore
package import SyncProtocol
import SyncStore

// How the hub's devices and its log stand, for the operator's page.

extension SQLHubStore {
    /// What a device has not fetched.
    package struct Missed: Sendable, Equatable {
        /// Batches, at least one: as many as that if it has fetched nothing since its visit.
        package let batches: Int64
        /// When the hub received the first of them, in milliseconds since 1970.
        package let since: Int64
    }

    /// What the hub received since a device was given its last page. As long as this process knows
    /// that page, to the batch; else by the time of the device's last visit, to the minute.
    ///
    /// - Returns: nil if it misses nothing.
    package func missed(by standing: DeviceStanding) throws -> Missed? {
        let known = holding(standing.device.id)
        return try file.read { store in
            let journal = JournalTable(store)
            let size = try journal.size()
            var held = known ?? 0
            if known == nil, let seen = standing.lastSeen {
                // A visit is noted at most so often: what came so soon after may have been fetched.
                held = try journal.size(at: seen + Self.seenIntervalMilliseconds)
            }
            // Whoever delivers has pulled before.
            held = min(max(held, standing.position), size)
            guard held < size else { return nil }
            let since = try journal.leaf(held + 1)?.verdict.receivedAt ?? 0
            return Missed(batches: size - held, since: since)
        }
    }

    /// When the hub received what stands at a position, in milliseconds since 1970.
    ///
    /// - Returns: nil where the journal has no such position.
    package func receivedAt(_ position: Int64) throws -> Int64? {
        try file.read { try JournalTable($0).leaf(position)?.verdict.receivedAt }
    }

    /// The newest heads that the hub signed, the newest first.
    package func newestHeads(_ limit: Int) throws -> [SignedHead] {
        try file.read { store in
            let journal = JournalTable(store)
            let size = try journal.size()
            return try stride(from: size, to: max(0, size - Int64(limit)), by: -1)
                .map { try journal.head($0) }
        }
    }

    /// The head that was signed at a size.
    ///
    /// - Returns: nil where the journal has no such size.
    package func head(at size: Int64) throws -> SignedHead? {
        try file.read { store in
            let journal = JournalTable(store)
            guard size > 0, size <= (try journal.size()) else { return nil }
            return try journal.head(size)
        }
    }

    /// The folder in which the last verified backup of many was put; nil if none was.
    package func backupShelf() throws -> String? {
        try file.read { try MetaTable($0).text(HubKey.backupShelf) }
    }
}
