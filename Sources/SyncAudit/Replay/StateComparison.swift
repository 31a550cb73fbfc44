// Whether the records that a hub serves are those that its journal leads to.
//
// Problem: hundreds of thousands of records on each side, and memory for neither.
// Idea: the replay numbers devices as the served file does (`PeerNumbers`), so that equal records
// are equal bytes, and it makes records in the order in which the hub made them: both tables are
// read once from front to back, as they lie. Where that does not come out equal (something is wrong,
// or the hub was moved or restored), both are walked by their index on (id, collection), side by
// side, which reads rows from all over the files and can name each difference.

import SyncCore
import SyncStore

/// Compares the served records with the replayed ones, in step.
struct StateComparison {
    let log: ProblemLog
    let served: RecordTable
    let replayed: RecordTable

    private static let rows = "SELECT row, collection, id, fields, clock, position FROM records"

    /// - Returns: the replayed records by collection.
    func run(_ servedStore: StoreConnection, _ replayedStore: StoreConnection) throws
        -> [String: Int64]
    {
        if let counts = try countEqual(servedStore, replayedStore) { return counts }
        return try walk(servedStore, replayedStore)
    }

    /// - Returns: the records by collection; nil if the tables differ in anything but the numbers
    ///   of their rows.
    private func countEqual(
        _ servedStore: StoreConnection, _ replayedStore: StoreConnection
    ) throws -> [String: Int64]? {
        let query = Self.rows + " ORDER BY row"
        let left = RecordCursor(try servedStore.prepare(query))
        let right = RecordCursor(try replayedStore.prepare(query))
        defer {
            left.statement.reset()
            right.statement.reset()
        }
        var counts: [String: Int64] = [:]
        var (collection, count) = ("", Int64(0))
        while true {
            try left.move()
            try right.move()
            guard left.isOnRow == right.isOnRow else { return nil }
            guard left.isOnRow else { break }
            let (a, b) = (left.statement, right.statement)
            guard (1...4).allSatisfy({ equal(a, b, $0) }), a.integer(5) == b.integer(5) else {
                return nil
            }
            // Records of a collection stand together for the most part.
            if !b.bytes(1).elementsEqual(collection.utf8) {
                if count > 0 { counts[collection, default: 0] += count }
                (collection, count) = (b.text(1), 0)
            }
            count += 1
        }
        if count > 0 { counts[collection, default: 0] += count }
        return counts
    }

    private func walk(
        _ servedStore: StoreConnection, _ replayedStore: StoreConnection
    ) throws -> [String: Int64] {
        let query = Self.rows + " ORDER BY id, collection"
        let left = RecordCursor(try servedStore.prepare(query))
        let right = RecordCursor(try replayedStore.prepare(query))
        defer {
            left.statement.reset()
            right.statement.reset()
        }
        var counts: [String: Int64] = [:]
        try left.move()
        try right.move()
        while left.isOnRow || right.isOnRow {
            let order = left.order(to: right)
            if order < 0 {
                added(left)
                try left.move()
            } else if order > 0 {
                missing(right)
                counts[right.statement.text(1), default: 0] += 1
                try right.move()
            } else {
                compare(left, right)
                counts[right.statement.text(1), default: 0] += 1
                try left.move()
                try right.move()
            }
        }
        return counts
    }

    private func added(_ cursor: RecordCursor) {
        log.add(.recordAdded, cursor.place, .init(.position, cursor.statement.integer(5)))
    }

    private func missing(_ cursor: RecordCursor) {
        let isConflict = cursor.statement.text(1) == HubCollection.conflicts
        log.add(
            isConflict ? .conflictMissing : .recordMissing, cursor.place,
            .init(.position, cursor.statement.integer(5)))
    }

    private func compare(_ left: RecordCursor, _ right: RecordCursor) {
        let (a, b) = (left.statement, right.statement)
        let hasMoved = a.integer(5) != b.integer(5)
        guard hasMoved || !equal(a, b, 3) || !equal(a, b, 4) else { return }
        var evidence: [ProblemEvidence] = []
        let names = differingFields(a, b)
        if !names.isEmpty {
            evidence.append(.init(.fields, names.joined(separator: ", ")))
        }
        if hasMoved {
            evidence.append(.init(.expected, "position \(b.integer(5))"))
            evidence.append(.init(.found, "position \(a.integer(5))"))
        }
        guard evidence.isEmpty else {
            return log.add(VerifyProblem(.recordAltered, right.place, evidence))
        }
        // It means the same and is written otherwise: others would not take it.
        log.add(
            .classAltered, right.place, .init(.column, equal(a, b, 3) ? "clock" : "fields"),
            .init(.reason, "spelling"))
    }

    private func equal(_ a: StoreStatement, _ b: StoreStatement, _ column: Int32) -> Bool {
        a.holds(column, b.bytes(column))
    }

    /// Names of the fields that differ in value or stamp. Never a value.
    private func differingFields(_ a: StoreStatement, _ b: StoreStatement) -> [String] {
        guard let good = try? replayed.read(b).state() else { return ["?"] }
        guard let found = try? served.read(a), let state = try? found.state() else {
            return equal(a, b, 3) ? ["clock"] : ["fields"]
        }
        return good.differingFields(from: state)
    }
}

extension RecordState {
    /// Names of the fields whose register is not the same in both, sorted.
    func differingFields(from other: RecordState) -> [String] {
        let names = Set(fields.map(\.name)).union(other.fields.map(\.name))
        return names.filter { self[$0] != other[$0] }.sorted()
    }
}

/// A place in the walk over one side's records.
final class RecordCursor {
    let statement: StoreStatement
    private(set) var isOnRow = false

    init(_ statement: StoreStatement) { self.statement = statement }

    func move() throws { isOnRow = try statement.step() }

    /// Negative if this row comes before the other's, zero if both name one record. A side that
    /// has ended comes last.
    func order(to other: RecordCursor) -> Int {
        guard isOnRow else { return 1 }
        guard other.isOnRow else { return -1 }
        let ids = Self.order(statement.bytes(2), other.statement.bytes(2))
        return ids != 0 ? ids : Self.order(statement.bytes(1), other.statement.bytes(1))
    }

    private static func order(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
        if a.elementsEqual(b) { return 0 }
        return a.lexicographicallyPrecedes(b) ? -1 : 1
    }

    /// The record, or its row where the key cannot be read.
    var place: ProblemPlace {
        let collection = statement.text(1)
        let id = statement.bytes(2)
        guard id.count == 16, FieldName.isValid(collection), let id = RecordID(bytes: id) else {
            return .row(table: "records", row: statement.integer(0))
        }
        return .record(RecordKey(collection, id))
    }
}
