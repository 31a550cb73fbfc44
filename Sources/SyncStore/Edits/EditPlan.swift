package import SyncCore
import SyncProtocol

/// Turns an edit into a change and the state that it leads to, within the wire's limits.
package struct EditPlan {
    package let change: Change
    package let state: RecordState

    /// - Parameter present: the record as the device shows it; nil if there is none.
    /// - Returns: nil if the edit would change nothing.
    /// - Throws: `SaveFault`.
    package init?(
        _ edit: Edit, present: RecordState?, device: DeviceID, stamp: () throws -> StampTime
    ) throws {
        guard let set = try Self.assignments(edit, present), !set.isEmpty || !edit.resolves.isEmpty
        else { return nil }
        let time = try stamp()
        var state = present ?? RecordState(edit.key)
        let was = Self.was(set, present)
        for assignment in set {
            let stamp = Stamp(time: time, device: device)
            state.put(assignment.name, Register(assignment.value, stamp))
        }
        guard state.fields.count <= Limits.fieldsPerChange else { throw SaveFault(.tooManyFields) }
        change = Change(edit.key, set: set, stamp: time, was: was, resolves: edit.resolves)
        self.state = state
    }

    /// The fields to write: those that differ from what is there. Nil: leave the record alone.
    private static func assignments(
        _ edit: Edit, _ present: RecordState?
    ) throws -> [Change.Assignment]? {
        switch edit.action {
        case .create(let values):
            guard present == nil else { return nil }
            return try values.map(checked)
        case .write(let values):
            return try values.map(checked)
        case .set(let values):
            return try values.map(checked).filter { present?[$0.name]?.value != $0.value }
        case .delete, .restore:
            guard let present else { throw SaveFault(.recordMissing) }
            let wanted: CanonicalValue = if case .delete = edit.action { .true } else { .false }
            let isDone = present.isDeleted == (wanted == .true)
            return isDone ? [] : [.init(FieldName.deleted, wanted)]
        }
    }

    /// A delete names every register it saw, an edit those it replaces and the deletion.
    private static func was(
        _ set: [Change.Assignment], _ present: RecordState?
    ) -> [String: Stamp] {
        guard let present else { return [:] }
        let isDeletion = set.contains { $0.name == FieldName.deleted && $0.value == .true }
        var was: [String: Stamp] = [:]
        for field in present.fields
        where isDeletion || (field.name == FieldName.deleted && !set.isEmpty)
            || set.contains(where: { $0.name == field.name })
        {
            was[field.name] = field.register.stamp
        }
        return was
    }

    private static func checked(
        _ name: String, _ value: Value
    ) throws(SaveFault) -> Change.Assignment {
        try check(name, value)
        return Change.Assignment(name, CanonicalValue(value))
    }

    /// Whether a field may be saved: what the wire would refuse is refused here.
    static func check(_ name: String, _ value: Value) throws(SaveFault) {
        guard FieldName.isValid(name) else { throw SaveFault(.badName, field: name) }
        switch value {
        case .number(let number):
            guard number.isFinite else { throw SaveFault(.badNumber, field: name) }
        case .text(let text):
            guard text.utf8.count <= Limits.textBytes else {
                throw SaveFault(.textTooLong, field: name)
            }
            guard !holdsZero(text) else { throw SaveFault(.badText, field: name) }
        case .null, .bool: break
        }
    }

    /// `utf8.contains(0)` goes through the text byte by byte.
    private static func holdsZero(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { $0.contains(0) }
    }
}
