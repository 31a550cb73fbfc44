public import SyncCore

/// One field in which two sides differ.
public struct FieldDifference: Sendable {
    public enum Kind: String, Sendable {
        case value, stamp
        case valueAndStamp = "value_and_stamp"
        /// Only one side has the field.
        case presence
    }

    public let name: String
    /// Nil where the side lacks the field.
    public let a: Register?
    public let b: Register?
    public let cause: DifferenceCause

    public var kind: Kind {
        guard let a, let b else { return .presence }
        if a.value == b.value { return .stamp }
        return a.stamp == b.stamp ? .value : .valueAndStamp
    }

    /// Whether both texts show the same characters and only their bytes differ (NFC and NFD).
    public var isOtherUnicodeForm: Bool {
        guard let a = a?.value, let b = b?.value, a != b, case .text(let first) = a.value,
            case .text(let second) = b.value
        else { return false }
        return first == second
    }
}

/// One record in which two sides differ.
public struct RecordDifference: Sendable {
    public enum Side: String, Sendable {
        case a, b, both
    }

    public let key: RowKey
    /// Nil where the side lacks the record.
    public let a: FoundRecord?
    public let b: FoundRecord?
    /// By name. Empty where a side cannot be read: then the raw rows tell.
    public let fields: [FieldDifference]
    public let cause: DifferenceCause

    /// Which side has the record.
    public var side: Side { a == nil ? .b : b == nil ? .a : .both }
}

/// What two sides hold of one record, before the cause is known.
struct RecordPair: Sendable {
    let key: RowKey
    let a: FoundRecord?
    let b: FoundRecord?

    /// Names of the fields that differ; none where a side cannot be read.
    var fieldNames: [String] {
        guard [a, b].allSatisfy({ $0 == nil || $0?.state != nil }) else { return [] }
        let names = [a, b].compactMap { $0?.state }.flatMap { $0.fields.map(\.name) }
        return Set(names).sorted().filter { a?.register($0) != b?.register($0) }
    }

    var isReadable: Bool { a?.fault == nil && b?.fault == nil }

    subscript(isA: Bool) -> FoundRecord? { isA ? a : b }

    /// Records that are not the same on both sides, sorted.
    static func pairs(_ a: [RowKey: FoundRecord], _ b: [RowKey: FoundRecord]) -> [RecordPair] {
        Set(a.keys).union(b.keys).sorted().compactMap { key in
            if let first = a[key], let second = b[key], first.isSame(as: second) { return nil }
            return RecordPair(key: key, a: a[key], b: b[key])
        }
    }
}
