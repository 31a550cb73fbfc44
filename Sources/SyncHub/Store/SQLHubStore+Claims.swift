public import SyncCore
import SyncProtocol
import SyncStore

// What was quarantined, and what the operator makes of it.
//
// Problem: when a hub is put back, what its operator did since is lost with the tail: a device that
// was revoked is let in again. Devices hold those records and hand them back, but may not write
// them, so they come as quarantined changes of adopting batches: claims.
// Idea: nothing is believed by itself. Claims are listed, revocations first, and what the operator
// accepts is written under the hub's own key.

/// A quarantined change that nobody has decided on.
public struct Claim: Sendable {
    /// Position of the batch, and the change in it, from 0.
    public let position: Int64
    public let change: Int
    public let key: RecordKey
    public let fields: [String: Value]
    public let reason: String
    /// Who brought it.
    public let device: DeviceID
    public let name: String?
    /// Whether it hands back what a lost history had; else the device wrote it itself.
    public let isAdopted: Bool
    /// Milliseconds since 1970.
    public let receivedAt: Int64

    /// As a person names it: `41.0`.
    public var id: String { "\(position).\(change)" }

    public var isRevocation: Bool {
        key.collection == HubCollection.devices && fields["revoked"] == true
    }
}

extension SQLHubStore {
    /// What there is to decide: revocations first, then others' work, then what devices wrote
    /// themselves. What the hub holds already, or holds under a later stamp than its own, is left
    /// out where it is the same.
    public func claims() throws -> [Claim] {
        try file.read { try claims($0) }
    }

    private func claims(_ store: StoreConnection) throws -> [Claim] {
        var positions: [Int64] = []
        try store.each("SELECT position FROM journal WHERE is_clean = 0 ORDER BY position") {
            positions.append($0.integer(0))
        }
        return try claims(at: positions, store)
    }

    /// What there is to decide of some batches.
    func claims(at positions: [Int64], _ store: StoreConnection) throws -> [Claim] {
        let records = RecordTable(store)
        let journal = JournalTable(store)
        var found: [Claim] = []
        for position in positions {
            guard let leaf = try journal.leaf(position), !leaf.verdict.quarantined.isEmpty else {
                continue
            }
            found += try claims(leaf, journal.batch(position), records, store)
        }
        func rank(_ claim: Claim) -> Int { claim.isRevocation ? 0 : claim.isAdopted ? 1 : 2 }
        return found.sorted {
            (rank($0), $0.position, $0.change) < (rank($1), $1.position, $1.change)
        }
    }

    private func claims(
        _ leaf: Leaf, _ batch: SealedBatch, _ records: RecordTable, _ store: StoreConnection
    ) throws -> [Claim] {
        let name = try EnrolledDevice(leaf.device, in: records)?.name
        return try leaf.verdict.quarantined.compactMap { entry in
            // A head that the hub held after all: its adopter brings the change again.
            guard entry.reason == Self.decidable, entry.change < batch.count else { return nil }
            let isDecided = try store.integer(
                "SELECT count(*) FROM accepted WHERE position = ? AND change = ?",
                .integer(leaf.position), .integer(Int64(entry.change)))
            let change = try batch.change(entry.change)
            let fields = change.set.reduce(into: [String: Value]()) {
                $0[$1.name] = $1.value.value
            }
            let present = try records.record(change.key)?.state()
            let isSo = fields.allSatisfy { present?[$0.key]?.value.value == $0.value }
            guard isDecided == 0, !isSo else { return nil }
            return Claim(
                position: leaf.position, change: entry.change, key: change.key, fields: fields,
                reason: entry.reason, device: leaf.device, name: name,
                isAdopted: leaf.isAdopting, receivedAt: leaf.verdict.receivedAt)
        }
    }

    /// The reason of a change that its device's role may not make.
    private static let decidable = "role"

    /// Writes claims under the hub's key. All of them, or none.
    ///
    /// - Throws: `ClaimFault`, `SaveFault`, `StoreError`.
    public func accept(_ claims: [Claim]) throws {
        try decide(claims) { claim, store in
            guard !Self.rulesOwn.contains(claim.key.collection) else {
                throw ClaimFault.notWritable(id: claim.id, collection: claim.key.collection)
            }
            _ = try act([Edit(claim.key, .write(claim.fields))], store)
        }
    }

    /// Leaves claims as they are, for good: they are not listed any more.
    public func dismiss(_ claims: [Claim]) throws {
        try decide(claims) { _, _ in }
    }

    /// What rules and epochs alone write.
    private static let rulesOwn: Set<String> = [
        HubCollection.conflicts, HubCollection.epochs,
    ]

    private func decide(
        _ claims: [Claim], _ body: (Claim, StoreConnection) throws -> Void
    ) throws {
        let now = environment.nowMilliseconds()
        try file.write { store in
            for claim in claims {
                try body(claim, store)
                try store.run(
                    "INSERT INTO accepted VALUES(?, ?, ?) ON CONFLICT(position, change) "
                        + "DO UPDATE SET accepted_at = excluded.accepted_at",
                    .integer(claim.position),
                    .integer(Int64(claim.change)), .integer(now))
            }
        }
    }
}

/// Why a claim cannot be accepted.
public enum ClaimFault: Error, Sendable, Equatable {
    /// No undecided claim goes by that name.
    case unknown(id: String)
    /// Only the rules write there.
    case notWritable(id: String, collection: String)
}
