// The history of one record out of a hub's journal.
//
// Problem: a journal of months has hundreds of thousands of changes; a record has a dozen. Reading
// every batch into changes to find them costs a thousand times what they are worth.
// Idea: an id is written in a batch in one form only (32 hex digits), so the unpacked bytes are
// searched for it first, and for the ids of the record's conflicts. Only batches with a hit are
// read. What was decided is in their leaves; the values follow by the merge rule.
// Source: Protocol/README.md §5.1, §6.

import SyncCore
import SyncProtocol
import SyncStore

/// Follows one record through a journal.
struct JournalHistory {
    private(set) var events: [HistoryEvent] = []
    /// The record after the batches so far.
    private(set) var state: RecordState
    /// Rows that could not be read.
    private(set) var unreadable: [Int64] = []
    /// The ids that make a batch worth reading.
    private var needles: [ByteSearch]
    private let key: RecordKey
    private var conflicts: Set<RecordID> = []

    init(_ key: RecordKey) {
        self.key = key
        state = RecordState(key)
        needles = [ByteSearch(key.id.hex)]
    }

    /// The state that the journal leads to; nil if no change was applied.
    var derived: RecordState? { state.fields.isEmpty ? nil : state }

    mutating func take(_ logged: LoggedBatch) {
        guard needles.contains(where: { $0.isFound(in: logged.bytes) }) else { return }
        do {
            let (batch, leaf) = try logged.ruled()
            try take(batch, leaf, position: logged.row)
        } catch {
            unreadable.append(logged.row)
        }
    }

    private mutating func take(_ batch: SealedBatch, _ leaf: Leaf, position: Int64) throws {
        let indices = batch.changes.indices.filter { index in
            batch.key(index) == key || batch.resolves(index).contains { conflicts.contains($0) }
        }
        // All are read before any counts: a batch is taken whole or not at all.
        let changes = try indices.map { ($0, try batch.change($0)) }
        let matcher = ConflictMatcher(key, before: state, made: leaf.verdict.conflicts)
        for (index, change) in changes {
            let event = apply(change, index, batch, leaf, position, matcher)
            events.append(event)
            let made = event.writes.flatMap(\.conflicts)
            for (id, _) in made where conflicts.insert(id).inserted {
                needles.append(ByteSearch(id.hex))
            }
        }
    }

    private mutating func apply(
        _ change: Change, _ index: Int, _ batch: SealedBatch, _ leaf: Leaf, _ position: Int64,
        _ matcher: ConflictMatcher
    ) -> HistoryEvent {
        let verdict = leaf.verdict
        let effective =
            verdict.effective.first { $0.change == index }?.stamp ?? change.stamp
        let quarantine = verdict.quarantined.first { $0.change == index }?.reason
        let isOwn = change.key == key
        let kind = HistoryEvent.kind(of: change, present: derived, isOwn: isOwn)
        let stamp = Stamp(time: effective, device: batch.device)
        let writes = (isOwn ? change.set : []).map { assignment in
            write(
                assignment, stamp, change, isQuarantined: quarantine != nil,
                matcher.conflicts(of: assignment, stamp: stamp, state))
        }
        return HistoryEvent(
            place: .logged(position: position, receivedAt: verdict.receivedAt),
            device: batch.device, batch: batch.number, claimed: change.stamp,
            effective: effective, kind: kind, quarantine: quarantine, writes: writes,
            resolves: change.resolves)
    }

    /// Applies one field and tells what the merge rule made of it.
    private mutating func write(
        _ assignment: Change.Assignment, _ stamp: Stamp, _ change: Change, isQuarantined: Bool,
        _ conflicts: [(id: RecordID, isKept: Bool)]
    ) -> HistoryWrite {
        let before = state[assignment.name]
        let register = Register(assignment.value, stamp)
        let rule = isQuarantined ? .quarantined : Self.rule(register, over: before)
        if !isQuarantined { state.merge(assignment.name, register) }
        return HistoryWrite(
            name: assignment.name, value: assignment.value, before: before,
            seen: change.was[assignment.name], rule: rule,
            conflicts: isQuarantined ? [] : conflicts)
    }

    private static func rule(
        _ new: Register, over present: Register?
    ) -> HistoryWrite.Rule {
        guard let present else { return .first }
        let isWinner = new.wins(over: present)
        if new.stamp == present.stamp { return isWinner ? .largerBytes : .lostToLargerBytes }
        return isWinner ? .laterStamp : .lostToLaterStamp
    }
}

extension HistoryEvent {
    /// What a change did, in one word.
    ///
    /// - Parameter isOwn: false if it only settles a conflict about the record.
    static func kind(of change: Change, present: RecordState?, isOwn: Bool) -> Kind {
        if !isOwn || change.set.isEmpty { return .resolved }
        if change.isDeletion { return .deleted }
        if present == nil { return .created }
        let restores = change.set.contains { $0.name == FieldName.deleted }
        return restores && present?.isDeleted == true ? .restored : .edited
    }
}
