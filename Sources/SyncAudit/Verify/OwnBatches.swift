import Gzip
import SyncCore
import SyncProtocol
import SyncStore

/// Checks a replica's own batches: form, chain, signatures, receipts.
struct OwnBatches {
    struct Result {
        var batches: Int64 = 0
        var changes: Int64 = 0
        var receipts: Int64 = 0
        var suspect: Int64 = 0
        var quarantined: Int64 = 0
        /// The heads of the receipts by epoch and size: their roots.
        var heads: [(epoch: EpochID, size: Int64, root: Hash256, number: Int64)] = []
        /// Stamp times that the device's own changes claimed, or were given by the hub.
        var stamps: Set<StampTime> = []
        /// Batches that no receipt was ever got for, but for those that hand others' work back.
        var undelivered: [Int64] = []
    }

    let store: StoreConnection
    let log: ProblemLog
    /// The device's.
    let key: PublicKey
    /// Nil before the device has joined.
    let hub: HubIdentity?

    private static let columns = "number, hash, batch, signature, position, receipt"
    private static let query = "SELECT \(columns) FROM batches ORDER BY number"

    func check() throws -> Result {
        var result = Result()
        var last: (number: Int64, hash: Hash256?) = (0, .zero)
        let version = try store.integer("PRAGMA user_version")
        let first = version >= 4 ? "first_receipt" : "NULL"
        try store.each(
            "SELECT \(Self.columns), \(first) FROM batches ORDER BY number"
        ) { row in
            let number = row.integer(0)
            result.batches += 1
            if number - 1 > last.number {
                log.add(.batchMissing, .ownBatch(last.number + 1), .init(.found, number))
                last.hash = nil
            }
            let batch = read(row, number)
            if let batch, batch.number != number {
                log.add(.batchMoved, .ownBatch(number), .init(.found, batch.number))
            } else if let batch {
                check(batch, number, previous: last.hash)
                result.changes += Int64(batch.count)
                for index in 0..<batch.count { result.stamps.insert(batch.stamp(index)) }
                if batch.adopts == nil {
                    if row.isNull(5), row.isNull(6) { result.undelivered.append(number) }
                }
            }
            for place in [Int32(5), 6] { result.stamps.formUnion(Self.restamps(row, place).values) }
            last = (number, batch?.hash)
            checkReceipt(row, number, batch, &result)
            checkFirstReceipt(row, number, batch)
        }
        return result
    }

    /// The receipt of a history that the hub lost since.
    private func checkFirstReceipt(_ row: StoreStatement, _ number: Int64, _ batch: SealedBatch?) {
        guard !row.isNull(6), let hub else { return }
        let place = ProblemPlace.ownBatch(number)
        guard let bytes = try? Gzip.decompress(row.array(6), limit: Limits.unpackedBytes),
            let receipt = try? Receipt(encoded: bytes), receipt.encoded == bytes
        else { return log.add(.receiptInvalid, place, .init(.reason, "first_receipt")) }
        guard let batch else { return }
        do throws(ReceiptFault) { try receipt.verify(batch: batch, hub: hub) } catch {
            log.add(.receiptInvalid, place, .init(.reason, error.rawValue))
        }
    }

    /// The batch of a row, if its bytes are the ones that were sealed.
    private func read(_ row: StoreStatement, _ number: Int64) -> SealedBatch? {
        let place = ProblemPlace.ownBatch(number)
        guard let bytes = try? Gzip.decompress(row.array(2), limit: Limits.unpackedBytes) else {
            log.add(.batchDamaged, place)
            return nil
        }
        let hash = MessageKind.batch.hash(bytes)
        guard row.bytes(1).elementsEqual(hash.bytes) else {
            log.add(
                .batchAltered, place,
                .init(.expected, String(Hex.text(row.array(1)).prefix(12))),
                .init(.found, hash))
            return nil
        }
        guard let signature = Signature(bytes: row.array(3)) else {
            log.add(.signatureInvalid, place, .init(.reason, "form"))
            return nil
        }
        do throws(BatchFault) {
            return try SealedBatch(bytes: bytes, signature: signature)
        } catch {
            log.add(.batchInvalid, place, .init(.reason, error.kind.rawValue))
            return nil
        }
    }

    private func check(_ batch: SealedBatch, _ number: Int64, previous: Hash256?) {
        let place = ProblemPlace.ownBatch(number)
        if let previous, batch.previous != previous {
            log.add(
                .chainBroken, place, .init(.expected, previous), .init(.found, batch.previous))
        }
        if batch.device != key.deviceID {
            log.add(.deviceUnknown, place, .init(.device, batch.device))
        } else if !key.verifies(batch.signature, .batch, batch.bytes) {
            log.add(.signatureInvalid, place, .init(.device, batch.device))
        }
        if let hub, batch.space != hub.space {
            log.add(
                .spaceDiffers, place, .init(.expected, hub.space), .init(.found, batch.space))
        }
    }

    private func checkReceipt(
        _ row: StoreStatement, _ number: Int64, _ batch: SealedBatch?, _ result: inout Result
    ) {
        guard !row.isNull(5), let hub else { return }
        result.receipts += 1
        let place = ProblemPlace.ownBatch(number)
        guard let bytes = try? Gzip.decompress(row.array(5), limit: Limits.unpackedBytes),
            let receipt = try? Receipt(encoded: bytes), receipt.encoded == bytes
        else { return log.add(.receiptInvalid, place, .init(.reason, "form")) }
        result.suspect += Int64(receipt.leaf.verdict.effective.count)
        result.quarantined += Int64(receipt.leaf.verdict.quarantined.count)
        guard hub.vouches(for: receipt.head), receipt.isIncluded else {
            let reason = hub.vouches(for: receipt.head) ? "path" : "head"
            return log.add(.receiptInvalid, place, .init(.reason, reason))
        }
        let head = receipt.head.head
        result.heads.append((head.epoch, head.size, head.root, number))
        if row.integer(4) != receipt.leaf.position {
            log.add(
                .rowDiffers, place, .init(.column, "position"),
                .init(.expected, receipt.leaf.position), .init(.found, row.integer(4)))
        }
        guard let batch else { return }
        do throws(ReceiptFault) { try receipt.verify(batch: batch, hub: hub) } catch {
            log.add(.receiptInvalid, place, .init(.reason, error.rawValue))
        }
    }

    /// Reports records that say something else than this device's own batch, under its stamp.
    ///
    /// - Parameter mayStandForTwo: whether the hub's journal broke, and the records are those of the
    ///   head that it signed. One stamp may then have come to stand for two values of this device:
    ///   one as it was claimed, one as it was ruled in a history that was lost. A value that the
    ///   device wrote there itself, or a copy of it may have, is no alteration.
    /// - Returns: the buckets of the records reported.
    func alteredRecords(mayStandForTwo: Bool) throws -> Set<Int> {
        let records = RecordTable(store)
        let hasCopies = try mayStandForTwo && isOneOfAFamily()
        var named: Set<Int> = []
        var reported: Set<RecordKey> = []
        try store.each(Self.query) { row in
            guard let bytes = try? Gzip.decompress(row.array(2), limit: Limits.unpackedBytes),
                let signature = Signature(bytes: row.array(3)),
                let batch = try? SealedBatch(bytes: bytes, signature: signature)
            else { return }
            let restamps = Self.restamps(row, 5)
            for index in 0..<batch.count {
                let key = batch.key(index)
                guard !reported.contains(key) else { continue }
                let stamp = Stamp(
                    time: restamps[index] ?? batch.stamp(index), device: batch.device)
                var names = try differing(batch, index, stamp, records)
                if mayStandForTwo, !names.isEmpty {
                    let state = try records.record(key)?.state()
                    names = try names.filter { name in
                        try !hasCopies && !hasWritten(state?[name]?.value, name, key)
                    }
                }
                guard !names.isEmpty else { continue }
                reported.insert(key)
                named.insert(DigestTree.bucket(of: key))
                log.add(
                    .recordAltered, .record(key),
                    .init(.fields, names.joined(separator: ", ")),
                    .init(.number, batch.number))
            }
        }
        return named
    }

    private static func restamps(_ row: StoreStatement, _ place: Int32) -> [Int: StampTime] {
        guard !row.isNull(place),
            let bytes = try? Gzip.decompress(row.array(place), limit: Limits.unpackedBytes),
            let receipt = try? Receipt(encoded: bytes)
        else { return [:] }
        return Dictionary(
            receipt.leaf.verdict.effective.map { ($0.change, $0.stamp) },
            uniquingKeysWith: { $1 })
    }

    /// Whether one of the device's batches writes a value in a field.
    private func hasWritten(
        _ value: CanonicalValue?, _ name: String, _ key: RecordKey
    ) throws -> Bool {
        var isWritten = false
        try store.each(
            "SELECT batch, signature FROM batches UNION ALL "
                + "SELECT batch, signature FROM former_batches"
        ) { row in
            guard !isWritten,
                let bytes = try? Gzip.decompress(row.array(0), limit: Limits.unpackedBytes),
                let signature = Signature(bytes: row.array(1)),
                let batch = try? SealedBatch(bytes: bytes, signature: signature)
            else { return }
            isWritten = (0..<batch.count).contains { index in
                guard batch.key(index) == key, let change = try? batch.change(index) else {
                    return false
                }
                return change.set.contains { $0.name == name && $0.value == value }
            }
        }
        return isWritten
    }

    /// Whether the device came out of another, or another out of it.
    private func isOneOfAFamily() throws -> Bool {
        let device = key.deviceID
        var isOne = false
        try RecordTable(store).each(collection: HubCollection.devices) { record in
            guard let ancestry = (try? record.state())?["ancestry"]?.value.value.text else {
                return
            }
            if record.key.id == device || ancestry.contains(device.hex) { isOne = true }
        }
        return isOne
    }

    /// Fields that carry the change's stamp in the record, and not its value.
    private func differing(
        _ batch: SealedBatch, _ index: Int, _ stamp: Stamp, _ records: RecordTable
    ) throws -> [String] {
        guard let found = try? records.record(batch.key(index)), let state = try? found.state()
        else { return [] }
        return try batch.change(index).set.filter { assignment in
            guard let register = state[assignment.name] else { return false }
            return register.stamp == stamp && register.value != assignment.value
        }.map(\.name)
    }
}
