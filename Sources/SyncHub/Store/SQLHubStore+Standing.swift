public import SyncCore
package import SyncProtocol
import SyncStore

// How the hub's devices and its log stand, for the operator's page.

extension SQLHubStore {
    /// What a device has not fetched.
    package struct Missed: Sendable, Equatable {
        /// Batches: at most so many, at least one.
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
            func received(_ position: Int64) throws -> Int64 {
                try journal.leaf(position)?.verdict.receivedAt ?? 0
            }
            var held = known ?? 0
            if known == nil, let seen = standing.lastSeen {
                // By halving: times of receipt rise with the positions.
                var (low, high) = (Int64(0), size)
                while low < high {
                    let middle = low + (high - low + 1) / 2
                    if try received(middle) <= seen { low = middle } else { high = middle - 1 }
                }
                held = low
            }
            // Whoever delivers has pulled before.
            held = min(max(held, standing.position), size)
            guard held < size else { return nil }
            return Missed(batches: size - held, since: try received(held + 1))
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

    /// - Parameter folder: an absolute path.
    package func noteBackupShelf(_ folder: String) throws {
        try file.write { try MetaTable($0).set(HubKey.backupShelf, .text(folder)) }
    }
}
