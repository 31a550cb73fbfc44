import SyncCore
import SyncProtocol
import SyncStore

/// What a verdict means for the records that a batch named, on the device that wrote it.
///
/// Most of the outcome comes with the next pull. What cannot come that way is done here: a record
/// whose registers are all the device's own is left out of pulls, and one that only quarantined
/// changes made is not on the hub at all.
struct BatchOutcome {
    private let batch: SealedBatch
    private let effectiveByChange: [Int: StampTime]
    private let quarantined: Set<Int>
    /// The stamp time of the last change that was taken; zero if none was.
    let lastEffective: StampTime

    init(_ batch: SealedBatch, _ verdict: Verdict) throws {
        self.batch = batch
        let effectiveByChange = Dictionary(
            verdict.effective.map { ($0.change, $0.stamp) }, uniquingKeysWith: { $1 })
        self.effectiveByChange = effectiveByChange
        let quarantined = Set(verdict.quarantined.map(\.change))
        self.quarantined = quarantined
        // A device's effective stamps rise in batch order.
        let last = (0..<batch.count).last { !quarantined.contains($0) }
        lastEffective =
            batch.adopts != nil
            ? .zero : last.map { effectiveByChange[$0] ?? batch.stamp($0) } ?? .zero
    }

    /// Registers that carry a claimed stamp which the hub changed take the effective one.
    func restamp(_ records: RecordTable) throws {
        for (index, effective) in effectiveByChange.sorted(by: { $0.key < $1.key }) {
            let key = batch.key(index)
            guard batch.changes.indices ~= index, let stored = try records.record(key) else {
                continue
            }
            var state = try stored.state()
            let claimed = Stamp(time: batch.stamp(index), device: batch.device)
            for assignment in try batch.change(index).set {
                guard let register = state[assignment.name], register.stamp == claimed else {
                    continue
                }
                let stamp = Stamp(time: effective, device: batch.device)
                state.put(assignment.name, Register(register.value, stamp))
            }
            try records.put(state, position: stored.position)
        }
    }

    /// Takes away records that the hub never sent and that quarantined changes made; of one that
    /// pending changes name, just these are left. The content stays in the device's own batches.
    func removeGhosts(_ records: RecordTable, _ overlay: Overlay) throws {
        let taken = Set((0..<batch.count).filter { !quarantined.contains($0) }.map(batch.key))
        for key in Set(quarantined.map(batch.key)) where !taken.contains(key) {
            guard let stored = try records.record(key), stored.position == 0 else { continue }
            let rest = overlay.laid(over: RecordState(key))
            if rest.fields.isEmpty {
                try records.remove(stored)
            } else {
                try records.put(rest, position: 0)
            }
        }
    }
}
