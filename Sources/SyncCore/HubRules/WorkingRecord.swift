/// A record that a batch has named, while the batch is being ruled.
struct WorkingRecord {
    /// What the batch did to one field.
    struct Write {
        /// `was` of the first change of the batch that set the field.
        let firstWas: Stamp?
        /// Index of the last change that set it.
        var lastChange: Int
        var last: Register
        /// The stamp time that the last change claimed.
        var claimed: StampTime
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
        /// Values that somebody adopted under a stamp of this batch's own, and what took their
        /// place.
        var contradicted: [(change: Int, name: String, own: Register, adopted: Register)] = []
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

    /// Nil for a record that is not there: only repeats named it.
    var outcome: Ruling.Outcome? {
        switch content {
        case .absent: nil
        case .fresh(let change, let stamp): .fresh(key, change: change, stamp: stamp)
        case .merged(let record): .merged(record.state, before: record.before)
        }
    }

    /// Changes the state of a record that was begun.
    mutating func change(_ body: (inout RecordState) -> Void) {
        guard case .merged(var record) = content else {
            preconditionFailure("record \(key) has no state to change")
        }
        content = .absent
        body(&record.state)
        content = .merged(record)
    }

    mutating func begin(before: RecordState?) {
        content = .merged(MergedRecord(before: before, state: before ?? RecordState(key)))
    }

    /// §6.2: merges each field of the change and notes what conflicts are judged by.
    ///
    /// - Parameter hasLastWord: of equal stamps the author's own value stands (§6.6).
    mutating func apply(
        _ change: Change, index: Int, stamp: Stamp, hasLastWord: Bool = false
    ) {
        guard case .merged(var record) = content else {
            preconditionFailure("record \(key) has no state to merge into")
        }
        content = .absent
        for assignment in change.set {
            let register = Register(assignment.value, stamp)
            let present = hasLastWord ? record.state[assignment.name] : nil
            if let present, present.stamp == stamp {
                if present.value != register.value {
                    record.contradicted.append((index, assignment.name, register, present))
                }
                record.state.put(assignment.name, register)
            } else {
                record.state.merge(assignment.name, register)
            }
            let first = record.writes[assignment.name].map(\.firstWas)
            record.writes[assignment.name] = Write(
                firstWas: first ?? change.was[assignment.name], lastChange: index,
                last: register, claimed: change.stamp, lastWas: change.was)
        }
        content = .merged(record)
    }
}
