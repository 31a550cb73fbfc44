/// Two writers, one field, neither had seen the other: what was kept and what was lost.
///
/// As a record of `conflicts`: Protocol/README.md §6.3.
public struct Conflict: Sendable, Equatable {
    public let record: RecordKey
    public let field: String
    /// `_deleted` when a deletion hides the edit; nil when both wrote `field`.
    public let keptField: String?
    public let kept: Register
    public let lost: Register
    public let isResolved: Bool

    public init(
        record: RecordKey, field: String, keptField: String? = nil, kept: Register,
        lost: Register, isResolved: Bool = false
    ) {
        self.record = record
        self.field = field
        self.keptField = keptField
        self.kept = kept
        self.lost = lost
        self.isResolved = isResolved
    }

    /// First 16 bytes of H("conflict", collection, record, field and both stamps, by lines).
    public var id: RecordID { MessageKind.conflict.hash(Array(name.utf8)).prefixID }

    private var name: String {
        let lines = [
            record.collection, record.id.hex, field, kept.stamp.text, lost.stamp.text,
        ]
        return lines.joined(separator: "\n")
    }

    /// The id of a second conflict between the same two stamps: two copies of one key claimed one
    /// of them in the same millisecond. Source: Protocol/README.md §6.6.
    public var idWithValue: RecordID {
        MessageKind.conflict.hash(Array((name + "\n").utf8) + lost.value.bytes).prefixID
    }

    /// Whether a record of `conflicts` is about the same two values.
    func isSame(as other: Conflict) -> Bool {
        keptField == other.keptField && kept.value == other.kept.value
            && lost.value == other.lost.value
    }

    /// The record of `conflicts`, all under one stamp of the hub.
    func state(id: RecordID, stamp: Stamp) -> RecordState {
        var set: [Change.Assignment] = [
            .init("collection", CanonicalValue(.text(record.collection))),
            .init("field", CanonicalValue(.text(field))),
            .init("kept_stamp", CanonicalValue(.text(kept.stamp.text))),
            .init("kept_value", kept.value),
            .init("lost_stamp", CanonicalValue(.text(lost.stamp.text))),
            .init("lost_value", lost.value),
            .init("record", CanonicalValue(.text(record.id.hex))),
            .init("resolved", .false),
        ]
        if let keptField {
            set.append(.init("kept_field", CanonicalValue(.text(keptField))))
        }
        set.sort { $0.name < $1.name }
        return RecordState(RecordKey(HubCollection.conflicts, id), set: set, stamp: stamp)
    }

    /// Reads a record of `conflicts`; nil if a field that this version needs is missing.
    public init?(_ state: RecordState) {
        func text(_ name: String) -> String? { state[name]?.value.value.text }
        guard let collection = text("collection"), let id = text("record"),
            let record = RecordID(hex: id), let field = text("field"),
            let keptStamp = text("kept_stamp").flatMap({ Stamp($0) }),
            let lostStamp = text("lost_stamp").flatMap({ Stamp($0) }),
            let kept = state["kept_value"], let lost = state["lost_value"]
        else { return nil }
        self.init(
            record: RecordKey(collection, record), field: field, keptField: text("kept_field"),
            kept: Register(kept.value, keptStamp), lost: Register(lost.value, lostStamp),
            isResolved: state["resolved"]?.value == .true)
    }
}
