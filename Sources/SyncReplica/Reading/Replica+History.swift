public import SyncCore
public import SyncProtocol
import SyncStore

/// One value that a field has had.
public struct ValueTrace: Sendable, Equatable {
    public let field: String
    public let value: Value
    public let device: DeviceID
    /// As the hub orders it, once it has ruled.
    public let stamp: StampTime
    /// When the hub received it, in milliseconds since 1970; nil where this device does not know.
    public let receivedAt: Int64?
    public let position: Int64?
    /// The conflict that it lost; nil if it lost none.
    public let lostTo: RecordID?
}

extension Replica {
    /// The key of an enrolled device; nil if its enrolment has not come here yet.
    public func key(of device: DeviceID) throws -> PublicKey? {
        try file.read { try EnrolledDevice(device, in: RecordTable($0))?.key }
    }

    /// Each value of each field of a record, as far as this device holds it, oldest first: what it
    /// wrote itself, what it replaced, what stands there, what lost or won a conflict.
    ///
    /// Values that other devices wrote and that never stood here are the hub's to tell.
    ///
    /// - Parameter entries: what the hub's journal holds of the record, checked.
    public func history(
        _ key: RecordKey, with entries: [(batch: SealedBatch, leaf: Leaf)] = []
    ) throws -> [ValueTrace] {
        let conflicts = try conflicts().map { ($0.id, $0.conflict) }
            .filter { $0.1.record == key }
        return try file.read { store in
            var collector = HistoryCollector(own: try Self.deviceID(store), conflicts: conflicts)
            let before = BeforeTable(store)
            try OwnChanges(store: store).newestFirst { change in
                guard change.key == key else { return true }
                collector.add(change, before: try before.values(before: change.stamp) ?? [:])
                return true
            }
            for (batch, leaf) in entries { try collector.add(batch, leaf, key) }
            if let record = try RecordTable(store).record(key) {
                collector.add(try record.state(), position: record.position)
            }
            return collector.traces
        }
    }
}

/// Puts values from all that knows of them together, each once.
private struct HistoryCollector {
    private struct Name: Hashable {
        let field: String
        let stamp: Stamp
    }

    private struct Known {
        var value: Value
        var receivedAt: Int64?
        var position: Int64?
    }

    private let own: DeviceID
    private let conflicts: [(id: RecordID, conflict: Conflict)]
    private var known: [Name: Known] = [:]

    init(own: DeviceID, conflicts: [(RecordID, Conflict)]) {
        self.own = own
        self.conflicts = conflicts.map { (id: $0.0, conflict: $0.1) }
        for (_, conflict) in conflicts {
            note(conflict.keptField ?? conflict.field, conflict.kept)
            note(conflict.field, conflict.lost)
        }
    }

    private mutating func note(_ field: String, _ register: Register) {
        let name = Name(field: field, stamp: register.stamp)
        if known[name] == nil { known[name] = Known(value: register.value.value) }
    }

    mutating func add(_ change: OwnChange, before: [String: Value]) {
        let stamp = Stamp(time: change.effective, device: own)
        for assignment in change.change.set {
            known[Name(field: assignment.name, stamp: stamp)] = Known(
                value: assignment.value.value, receivedAt: change.receipt?.time,
                position: change.receipt?.position)
            // What it replaced: the writer named its stamp, and kept its value.
            guard let earlier = change.change.was[assignment.name],
                let value = before[assignment.name]
            else { continue }
            let name = Name(field: assignment.name, stamp: earlier)
            if known[name] == nil { known[name] = Known(value: value) }
        }
    }

    /// What the journal says is known by its position and its time of receipt.
    mutating func add(_ batch: SealedBatch, _ leaf: Leaf, _ key: RecordKey) throws {
        for index in 0..<batch.count where batch.key(index) == key {
            guard let stamps = try batch.appliedStamps(index, leaf.verdict) else { continue }
            for assignment in try batch.change(index).set {
                guard let stamp = stamps[assignment.name] else { continue }
                let name = Name(field: assignment.name, stamp: stamp)
                // Of a value that others handed back the author's own batch may follow.
                if known[name]?.receivedAt != nil, batch.adopts != nil { continue }
                known[name] = Known(
                    value: assignment.value.value, receivedAt: leaf.verdict.receivedAt,
                    position: leaf.position)
            }
        }
    }

    /// The position is that of the record: of its newest value, if another device wrote that. What
    /// this device wrote has the position of its receipt, or none yet.
    mutating func add(_ state: RecordState, position: Int64) {
        let newest = state.clock
        for field in state.fields {
            let name = Name(field: field.name, stamp: field.register.stamp)
            var value = known[name] ?? Known(value: field.register.value.value)
            let isOthers = name.stamp.device != own && name.stamp == newest
            if isOthers, value.position == nil, position > 0 {
                value.position = position
            }
            known[name] = value
        }
    }

    var traces: [ValueTrace] {
        known.map { name, value in
            ValueTrace(
                field: name.field, value: value.value, device: name.stamp.device,
                stamp: name.stamp.time, receivedAt: value.receivedAt, position: value.position,
                lostTo: conflicts.first { _, conflict in
                    conflict.field == name.field && conflict.lost.stamp == name.stamp
                }?.id)
        }
        .sorted {
            ($0.stamp, $0.field, $0.device) < ($1.stamp, $1.field, $1.device)
        }
    }
}
