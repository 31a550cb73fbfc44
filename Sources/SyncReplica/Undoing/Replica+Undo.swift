public import SyncCore
import SyncProtocol
import SyncStore

extension Replica {
    /// The newest change of this device that fits, leaving out what was taken back and what took
    /// something back; nil if there is none.
    public func newestOwnChange(where fits: (OwnChange) -> Bool) throws -> OwnChange? {
        try file.read { store in
            let log = try UndoLog(store)
            var found: OwnChange?
            try OwnChanges(store: store).newestFirst { change in
                guard fits(change), !log.isSettled(change.stamp) else { return true }
                found = change
                return false
            }
            return found
        }
    }

    /// The newest undo that was not taken back itself; nil if there is none.
    public func lastUndo() throws -> ClosedRange<StampTime>? {
        try file.read { try UndoLog($0).lastUndo }
    }

    /// What taking back the changes of these claimed stamps comes to.
    public func undoPlan(_ range: ClosedRange<StampTime>) throws -> UndoPlan {
        try file.read { store in
            var planner = UndoPlanner(store, own: try Self.deviceID(store))
            var hasBegun = false
            // One save after another: what lies in the range stands together.
            try OwnChanges(store: store).newestFirst { change in
                guard range.contains(change.stamp) else { return !hasBegun }
                hasBegun = true
                try planner.add(change)
                return true
            }
            return UndoPlan(steps: planner.steps, range: range)
        }
    }

    /// Writes the inverse of what a plan takes back: ordinary changes, one transaction. Nothing is
    /// erased, and the undo can be taken back in turn.
    @discardableResult
    public func undo(_ plan: UndoPlan) throws -> [SavedRecord] {
        let device = try signingKey().publicKey.deviceID
        let now = environment.nowMilliseconds()
        return try file.write { store in
            var pass = try SavePass(store, device: device, now: now)
            let saved = try plan.edits.map { try pass.save($0) }
            try pass.finish()
            let stamps = saved.compactMap(\.stamp)
            let undoing =
                (stamps.min() ?? plan.range.lowerBound)...(stamps.max() ?? plan.range.upperBound)
            try UndoLog(store).note(undone: plan.range, undoing: undoing)
            return saved
        }
    }

    /// The record of a collection (nil: of any) that this device deleted last and that is deleted
    /// still; nil if there is none.
    public func latestOwnDeletion(in collection: String?) throws -> RecordView? {
        var seen: Set<RecordKey> = []
        return try file.read { store in
            let records = RecordTable(store)
            var found: RecordView?
            try OwnChanges(store: store).newestFirst { change in
                let isWanted = collection == nil || change.key.collection == collection
                guard isWanted, change.change.isDeletion, seen.insert(change.key).inserted,
                    let record = try records.record(change.key)
                else { return true }
                let state = try record.state()
                guard state.isDeleted else { return true }
                found = RecordView(state: state, position: record.position)
                return false
            }
            return found
        }
    }
}
