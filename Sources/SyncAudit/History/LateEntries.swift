// Backdating made visible.
//
// Problem: who fills in last week's patrols today can be told only by comparing the time that a
// record claims for its event with the moment at which that claim was written. A list of those is
// useless once somebody imports a spreadsheet of last year: ten thousand lines.
// Idea: an import leaves a record of its own (file, rows, first and last stamp). What lies between
// those stamps, on that device and in that collection, is one line of the list. A false import
// could hide entries so: where more records lie in the span than it says it brought, they are
// listed one by one after all.

import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// The records of a file whose events lie far from when they were recorded.
public struct LateEntries: Sendable {
    /// The collection in which imports are noted.
    public static let importCollection = "imports"

    /// Those that no import explains, by the time at which they were recorded.
    public let entries: [LateEntry]
    /// The imports that brought others, by the time at which they were made.
    public let imports: [ImportEntry]
    /// Records with an event time, near or far.
    public let examined: Int
    /// Records whose row or event time could not be read.
    public let unreadable: Int

    /// - Parameters:
    ///   - limit: how far apart is far, in milliseconds, before or after.
    ///   - times: where the collections keep their event times.
    /// - Throws: `StoreError`.
    public init(_ file: AuditFile, limit: Int64, times: EventTimes) throws {
        self = try file.examine { store in
            var scan = LateScan(limit: limit, times: times)
            try RecordTable(store).each(collection: nil) { scan.take($0) }
            var imports = try ImportLog(store, isHub: file.isHub).imports
            var rest = scan.late
            Self.gather(&rest, into: &imports)
            try OriginFinder(store, isHub: file.isHub).find(&rest)
            return LateEntries(
                entries: rest.sorted { ($0.stamp, $0.key) < ($1.stamp, $1.key) },
                imports: imports.filter { $0.lateCount > 0 || $0.isOverfull }
                    .sorted { ($0.effectiveFirst, $0.id) < ($1.effectiveFirst, $1.id) },
                examined: scan.examined, unreadable: scan.unreadable)
        }
    }

    private init(entries: [LateEntry], imports: [ImportEntry], examined: Int, unreadable: Int) {
        self.entries = entries
        self.imports = imports
        self.examined = examined
        self.unreadable = unreadable
    }

    /// Moves the entries that an import explains into it.
    private static func gather(_ entries: inout [LateEntry], into imports: inout [ImportEntry]) {
        for index in imports.indices {
            let covered = entries.filter { imports[index].covers($0) }
            guard let first = covered.map(\.eventTime).min(),
                let last = covered.map(\.eventTime).max()
            else { continue }
            guard covered.count <= imports[index].newRows else {
                imports[index].isOverfull = true
                continue
            }
            imports[index].lateCount = covered.count
            imports[index].eventTimes = first...last
            entries.removeAll { imports[index].covers($0) }
        }
    }
}

/// Picks the late ones out of a file's records.
private struct LateScan {
    let limit: Int64
    let times: EventTimes
    var late: [LateEntry] = []
    var examined = 0
    var unreadable = 0

    mutating func take(_ record: StoredRecord) {
        guard let field = times.fieldsByCollection[record.key.collection] else { return }
        guard let state = try? record.state() else {
            unreadable += 1
            return
        }
        guard let register = state[field], register.value.value != .null else { return }
        guard let time = times.read(register.value.value) else {
            unreadable += 1
            return
        }
        examined += 1
        let entry = LateEntry(
            key: record.key, field: field, eventTime: time, stamp: register.stamp,
            isDeleted: state.isDeleted)
        let (delay, overflow) = register.stamp.time.milliseconds
            .subtractingReportingOverflow(time)
        if overflow || delay.magnitude > limit.magnitude { late.append(entry) }
    }
}
