public import SyncCore
import SyncProtocol
import SyncStore

/// What a check of the file found.
public struct ReplicaCheck: Sendable, Equatable {
    /// Readable records, those of the hub and deleted ones included.
    public let records: Int
    /// Rows that no program of FieldSync can have written.
    public let damaged: Int
    /// Root of the digest, counted from the records.
    public let digest: Hash256
    /// Root that is stored; nil if it cannot be read.
    public let storedDigest: Hash256?
    /// Whether every stored row of the digest is what the records give.
    public let isDigestRight: Bool
    /// What SQLite's own check of the file says; empty if it is sound.
    public let fileProblems: [String]
    /// Whether the digest was written anew.
    public let isHealed: Bool

    public var isOK: Bool { isDigestRight && damaged == 0 && fileProblems.isEmpty }
}

extension Replica {
    /// Lines of SQLite's own check that are kept: the first tell what is the matter.
    private static let fileProblemLimit = 10

    /// Checks the file: its structure, and the digest against the records.
    ///
    /// - Parameter heals: whether to write a wrong digest anew and to take out rows that cannot be
    ///   read. The next sync then finds what differs from the hub, and mends it.
    public func check(heals: Bool) throws -> ReplicaCheck {
        let now = environment.nowMilliseconds()
        let problems = try file.read { try Self.fileProblems($0) }
        let (found, isRight, stored) = try file.read { store in
            let count = try Recount(store)
            return (
                count, try DigestRows(count.sums).areStored(in: store),
                try DigestRows.storedRoot(in: store)
            )
        }
        var isHealed = false
        if heals, !isRight || !found.damaged.isEmpty {
            isHealed = try file.write { store in
                let head = try MetaTable(store).blob(ReplicaKey.head)
                    .map { try SignedHead(encoded: $0).head }
                let healed = HealedTable(store: store, now: now, size: head?.size ?? 0)
                var count = try Recount(store)
                return try count.mend(
                    store, healed, Overlay(store, device: try Self.deviceID(store)))
            }
        }
        return ReplicaCheck(
            records: found.count, damaged: found.damaged.count, digest: found.sums.root,
            storedDigest: stored, isDigestRight: isRight, fileProblems: problems,
            isHealed: isHealed)
    }

    /// Runs SQLite's `quick_check`, which reads every page but not every index entry.
    private static func fileProblems(_ store: StoreConnection) throws -> [String] {
        var lines: [String] = []
        try store.each("PRAGMA quick_check(\(fileProblemLimit))") { lines.append($0.text(0)) }
        return lines == ["ok"] ? [] : lines
    }
}
