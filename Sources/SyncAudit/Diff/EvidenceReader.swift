import Gzip
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// Reads from one file what it knows about records that differ.
///
/// A table that is damaged makes a cause unknown, not the comparison fail.
struct EvidenceReader {
    private let file: AuditFile
    private let facts: SideFacts
    private let keys: Set<RecordKey>
    /// Stamps of this side's registers in fields that differ.
    private let stamps: Set<Stamp>

    init(_ file: AuditFile, _ facts: SideFacts, _ pairs: [RecordPair], isA: Bool) {
        self.file = file
        self.facts = facts
        keys = Set(pairs.compactMap(\.key.recordKey))
        stamps = Set(
            pairs.flatMap { pair in
                pair.fieldNames.compactMap { pair[isA]?.register($0)?.stamp }
            })
    }

    private var ownStamps: Set<Stamp> { stamps.filter { $0.device == facts.device } }

    /// What costs little: pending and held changes, conflicts, a hub's restamps.
    func read(_ scanned: ScannedFile) throws -> SideEvidence {
        var evidence = SideEvidence()
        for conflict in try scanned.conflicts(about: keys) {
            evidence.conflicts[conflict.record, default: []].append(conflict)
        }
        try file.read { store in
            if facts.kind == .hub {
                try readRestamps(store, into: &evidence)
            } else {
                try readPending(store, into: &evidence)
                try readHeld(store, into: &evidence)
            }
        }
        return evidence
    }

    /// A device's claims rise: a stamp can only be in the first row that ends at it or later.
    private func readPending(_ store: StoreConnection, into evidence: inout SideEvidence) throws {
        let wanted = ownStamps.map(\.time.rawValue).sorted()
        guard !wanted.isEmpty else { return }
        var rows: [(sequence: Int64, last: UInt64)] = []
        try store.each("SELECT sequence, last_stamp FROM pending ORDER BY sequence") {
            rows.append(($0.integer(0), UInt64(bitPattern: $0.integer(1))))
        }
        let places = Set(wanted.compactMap { time in rows.firstIndex { $0.last >= time } })
        let (named, columns) = (NamedRecords(store), try NamedRecords.columns(store))
        for place in places.sorted() {
            try store.each(
                "SELECT \(columns) FROM pending WHERE sequence = ?",
                .integer(rows[place].sequence)
            ) { row in
                let writings = try? named.changes(row, from: 0)
                    .withUnsafeBytes { Self.writings($0, device: facts.device) }
                if let writings {
                    evidence.pending.formUnion(writings.filter { keys.contains($0.key) })
                } else {
                    evidence.isUnreadable = true
                }
            }
        }
    }

    private func readHeld(_ store: StoreConnection, into evidence: inout SideEvidence) throws {
        try store.each("SELECT change FROM held") { row in
            if let writings = Self.writings(row.bytes(0), device: facts.device) {
                evidence.held.formUnion(writings.filter { keys.contains($0.key) })
            } else {
                evidence.isUnreadable = true
            }
        }
    }

    /// The writes of canonical changes that are separated by commas; nil for anything else.
    private static func writings(
        _ changes: UnsafeRawBufferPointer, device: DeviceID?
    ) -> [Writing]? {
        guard let device else { return nil }
        let list = [UInt8(ascii: "[")] + changes + [UInt8(ascii: "]")]
        return list.withUnsafeBytes { buffer in
            var reader = CanonicalReader(buffer)
            var found: [Writing] = []
            do {
                try reader.beginArray()
                while try reader.nextItem(isFirst: found.isEmpty) {
                    let change = try ChangeReader.read(&reader)
                    found.append(
                        Writing(key: change.key, stamp: Stamp(time: change.stamp, device: device)))
                }
            } catch { return nil }
            return found
        }
    }

    /// Where a hub changed a claimed stamp that the other side may still hold.
    ///
    /// Asked for every stamp in the records' states: `restamps` is keyed by the claim.
    private func readRestamps(
        _ store: StoreConnection, into evidence: inout SideEvidence
    ) throws {
        let writers = WriterTable(store)
        let peers = PeerTable(store)
        for device in Set(stamps.map(\.device)) {
            guard let peer = try peers.existingNumber(of: device) else { continue }
            for stamp in stamps where stamp.device == device {
                for claim in try Self.claims(of: stamp, peer, store) {
                    evidence.restamps[claim] = stamp
                }
                if let effective = try writers.effective(peer: peer, claimed: stamp.time) {
                    evidence.restamps[stamp] = Stamp(time: effective, device: device)
                }
            }
        }
    }

    private static func claims(
        of effective: Stamp, _ peer: Int64, _ store: StoreConnection
    ) throws -> [Stamp] {
        var claims: [Stamp] = []
        try store.each(
            "SELECT claimed FROM restamps WHERE peer = ? AND effective = ?", .integer(peer),
            .integer(Int64(bitPattern: effective.time.rawValue))
        ) { row in
            let time = StampTime(rawValue: UInt64(bitPattern: row.integer(0)))
            claims.append(Stamp(time: time, device: effective.device))
        }
        return claims
    }
}

extension EvidenceReader {
    /// What the receipts of a replica's own batches say. Every batch is unpacked: only asked for
    /// where nothing cheaper explains a difference.
    func addRulings(to evidence: inout SideEvidence) throws {
        guard facts.kind == .replica, facts.device != nil else { return }
        try file.read { store in
            var numbers: [Int64] = []
            try store.each("SELECT number FROM batches WHERE receipt IS NOT NULL") {
                numbers.append($0.integer(0))
            }
            for number in numbers {
                do { try addRulings(of: number, store, to: &evidence) } catch {
                    evidence.isUnreadable = true
                }
            }
        }
    }

    private func addRulings(
        of number: Int64, _ store: StoreConnection, to evidence: inout SideEvidence
    ) throws {
        guard let batch = try BatchTable(store).batch(number) else { return }
        let indices = batch.changes.indices.filter { keys.contains(batch.key($0)) }
        guard !indices.isEmpty else { return }
        var packed: [UInt8] = []
        try store.each("SELECT receipt FROM batches WHERE number = ?", .integer(number)) {
            packed = $0.array(0)
        }
        let bytes = try Gzip.decompress(packed, limit: Limits.unpackedBytes)
        let leaf = try Receipt(encoded: bytes).leaf
        for index in indices {
            let effective = leaf.verdict.effective.first { $0.change == index }?.stamp
            let ruling = OwnRuling(
                position: leaf.position, epoch: leaf.epoch, effective: effective,
                isQuarantined: leaf.verdict.quarantined.contains { $0.change == index })
            for time in [batch.stamp(index), effective].compactMap(\.self) {
                let stamp = Stamp(time: time, device: batch.device)
                evidence.rulings[Writing(key: batch.key(index), stamp: stamp)] = ruling
            }
        }
    }
}
