/// A record that a batch has named, while the batch is being ruled.
struct WorkingRecord {
    /// What the batch did to one field.
    struct Write {
        /// `was` of the first change of the batch that set the field.
        let firstWas: Stamp?
        /// Index of the last change that set it.
        var lastChange: Int
        var last: Register
        /// `was` of the last change, for `_deleted` and for every field that it names.
        var lastWas: [String: Stamp]
    }

    enum Content {
        /// Not in the hub, and no change applied yet.
        case absent
        /// Not in the hub before; made by one change, whose fields need not be read.
        case fresh(change: Int, stamp: StampTime)
        case merged(MergedRecord)
    }

    struct MergedRecord {
        let before: RecordState?
        var state: RecordState
        var writes: [String: Write] = [:]
    }

    let key: RecordKey
    var content = Content.absent

    init(key: RecordKey) {
        self.key = key
    }

    /// The state so far; nil while the fields need not be known.
    var state: RecordState? {
        if case .merged(let record) = content { record.state } else { nil }
    }

    var outcome: Ruling.Outcome {
        switch content {
        case .absent: preconditionFailure("record \(key) was met but not ruled")
        case .fresh(let change, let stamp): .fresh(key, change: change, stamp: stamp)
        case .merged(let record): .merged(record.state, before: record.before)
        }
    }

    mutating func begin(before: RecordState?) {
        content = .merged(MergedRecord(before: before, state: before ?? RecordState(key)))
    }

    /// §6.2: merges each field of the change and notes what conflicts are judged by.
    mutating func apply(_ change: Change, index: Int, stamp: Stamp) {
        guard case .merged(var record) = content else {
            preconditionFailure("record \(key) has no state to merge into")
        }
        content = .absent
        for assignment in change.set {
            let register = Register(assignment.value, stamp)
            record.state.merge(assignment.name, register)
            let first = record.writes[assignment.name].map(\.firstWas)
            record.writes[assignment.name] = Write(
                firstWas: first ?? change.was[assignment.name], lastChange: index,
                last: register, lastWas: change.was)
        }
        content = .merged(record)
    }
}
