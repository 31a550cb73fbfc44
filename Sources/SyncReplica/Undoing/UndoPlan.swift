public import SyncCore
import SyncStore

/// What taking back some changes comes to: for each record, the edit that is their inverse.
public struct UndoPlan: Sendable {
    public struct Step: Sendable {
        public enum Deed: String, Sendable {
            /// The record was made: it is deleted.
            case creation
            /// Fields were set: they get the values from before.
            case edit
            case deletion
            case restoring = "restore"
        }

        public let deed: Deed
        /// The record as it is.
        public let present: RecordState
        /// What the inverse sets.
        public let values: [String: Value]
        /// Fields that other devices have written since.
        public let writtenByOthers: [String: DeviceID]
        /// Fields whose values from before this device does not hold.
        public let lostFields: [String]

        public var key: RecordKey { present.key }

        /// Whether there is something to write.
        public var isChange: Bool {
            values.contains { present[$0.key]?.value.value ?? .null != $0.value }
        }
    }

    public let steps: [Step]
    /// The changes that are taken back.
    public let range: ClosedRange<StampTime>

    var edits: [Edit] { steps.map { Edit($0.key, .set($0.values)) } }
}

/// Puts the steps together from the changes, the newest first.
struct UndoPlanner {
    private let own: DeviceID
    private let records: RecordTable
    private let before: BeforeTable
    private var drafts: [RecordKey: Draft] = [:]
    private var order: [RecordKey] = []

    private struct Draft {
        var values: [String: Value] = [:]
        var deed = UndoPlan.Step.Deed.edit
        var others: [String: DeviceID] = [:]
        var lost: Set<String> = []
        let present: RecordState
    }

    init(_ store: StoreConnection, own: DeviceID) {
        self.own = own
        records = RecordTable(store)
        before = BeforeTable(store)
    }

    mutating func add(_ change: OwnChange) throws {
        guard let present = try records.record(change.key)?.state() else { return }
        var draft = drafts[change.key] ?? Draft(present: present)
        if drafts[change.key] == nil { order.append(change.key) }
        let values = try before.values(before: change.stamp)
        if isCreation(change.change, values, present) {
            draft.deed = .creation
            draft.values = [FieldName.deleted: true]
            draft.lost = []
            note(present.fields.map(\.name), in: &draft)
        } else {
            setBack(change.change, values, &draft)
            note(change.change.set.map(\.name), in: &draft)
        }
        drafts[change.key] = draft
    }

    /// Changes of earlier versions left no note; then an older value in the record tells.
    private func isCreation(
        _ change: Change, _ values: [String: Value]?, _ present: RecordState
    ) -> Bool {
        guard values == nil, change.was.isEmpty else { return false }
        return !present.fields.contains { $0.register.stamp.time < change.stamp }
    }

    private func setBack(_ change: Change, _ values: [String: Value]?, _ draft: inout Draft) {
        for assignment in change.set {
            let name = assignment.name
            if name == FieldName.deleted {
                draft.deed = assignment.value == .true ? .deletion : .restoring
                draft.values[name] = .bool(assignment.value != .true)
                continue
            }
            let isKnown = values != nil || change.was[name] == nil
            if !isKnown { draft.lost.insert(name) }
            draft.values[name] = values?[name] ?? .null
        }
    }

    private func note(_ names: [String], in draft: inout Draft) {
        for name in names {
            guard let device = draft.present[name]?.stamp.device, device != own else { continue }
            draft.others[name] = device
        }
    }

    var steps: [UndoPlan.Step] {
        order.reversed().compactMap { key in
            drafts[key].map { draft in
                UndoPlan.Step(
                    deed: draft.deed, present: draft.present, values: draft.values,
                    writtenByOthers: draft.others, lostFields: draft.lost.sorted())
            }
        }
    }
}
