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
    /// Whether the stored counts of records by collection are right.
    public let areCountsRight: Bool
    /// What SQLite's own check of the file says; empty if it is sound.
    public let fileProblems: [String]
    /// Whether digest and counts were written anew, and damaged rows put aside.
    public let isHealed: Bool

    public var isOK: Bool { isKeptRight && damaged == 0 && fileProblems.isEmpty }

    /// Whether what is kept beside the records is what they give.
    public var isKeptRight: Bool { isDigestRight && areCountsRight }
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
        let found = try file.read { store in
            let count = try Recount(store)
            return ReplicaCheck(
                records: count.count, damaged: count.damaged.count, digest: count.sums.root,
                storedDigest: try DigestRows.storedRoot(in: store),
                isDigestRight: try count.isDigestStored(in: store),
                areCountsRight: try count.areCountsStored(in: store), fileProblems: problems,
                isHealed: false)
        }
        guard heals, !found.isKeptRight || found.damaged > 0 else { return found }
        let isHealed = try file.write { store in
            let head = try MetaTable(store).blob(ReplicaKey.head)
                .map { try SignedHead(encoded: $0).head }
            let healed = HealedTable(store: store, now: now, size: head?.size ?? 0)
            var count = try Recount(store)
            return try count.mend(store, healed, device: Self.deviceID(store))
        }
        return ReplicaCheck(found, isHealed: isHealed)
    }

    /// Runs SQLite's `quick_check`, which reads every page but not every index entry.
    private static func fileProblems(_ store: StoreConnection) throws -> [String] {
        var lines: [String] = []
        try store.each("PRAGMA quick_check(\(fileProblemLimit))") { lines.append($0.text(0)) }
        return lines == ["ok"] ? [] : lines
    }
}

extension ReplicaCheck {
    fileprivate init(_ found: ReplicaCheck, isHealed: Bool) {
        self.init(
            records: found.records, damaged: found.damaged, digest: found.digest,
            storedDigest: found.storedDigest, isDigestRight: found.isDigestRight,
            areCountsRight: found.areCountsRight, fileProblems: found.fileProblems,
            isHealed: isHealed)
    }
}
