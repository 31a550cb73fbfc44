import SyncCore
import SyncProtocol
import SyncStore

/// Writes the changes of one save into `pending`, in rows that each fit into a batch.
struct PendingWriter {
    /// Changes in one row: a row always fits into one batch.
    static let changesPerRow = Limits.changesPerBatch
    /// Bytes in one row, with room for the batch around it.
    static let bytesPerRow = Limits.batchBytes - BatchBuilder.overheadBytes

    /// What a way to the hub has let through, where that is less.
    private let bytesPerRow: Int
    private let store: StoreConnection
    private let savedAt: Int64
    /// The device under whose key the changes were first saved; nil: this one.
    private let formerly: DeviceID?
    private var row: [UInt8] = []
    /// Rows of `records` that are named instead; nil while changes are held.
    private var named: ClosedRange<Int64>?
    /// Bytes of the changes, held or named.
    private var byteCount = 0
    private var count = 0
    private var last = StampTime.zero

    /// - Parameter savedAt: the wall clock in milliseconds since 1970.
    /// - Throws: `StoreError`.
    init(_ store: StoreConnection, savedAt: Int64, formerly: DeviceID? = nil) throws {
        self.store = store
        bytesPerRow = try Self.bytesPerRow(store)
        self.savedAt = savedAt
        self.formerly = formerly
    }

    /// Bytes in one row: what fits into a batch, and through the way to the hub.
    static func bytesPerRow(_ store: StoreConnection) throws -> Int {
        min(
            bytesPerRow,
            try MetaTable(store).integer(ReplicaKey.batchBytes).map { Int($0) } ?? bytesPerRow)
    }

    /// - Parameter change: a change as canonical JSON.
    /// - Throws: `SaveFault` (change too large), `StoreError`.
    mutating func append(_ change: [UInt8], _ stamp: StampTime) throws {
        if named != nil { try finish() }
        try makeRoom(change.count)
        if count > 1 { row.append(UInt8(ascii: ",")) }
        row += change
        last = stamp
    }

    /// Appends the change that makes a record: named where that goes on, else written straight into
    /// the row.
    ///
    /// - Parameter number: the record's row.
    /// - Throws: `SaveFault` (change too large), `StoreError`.
    mutating func append(_ record: NewRecord, _ stamp: StampTime, row number: Int64) throws {
        if let named, named.upperBound + 1 != number { try finish() }
        try makeRoom(record.changeByteCount)
        if count == 1 || named != nil {
            named = (named?.lowerBound ?? number)...number
        } else {
            row.append(UInt8(ascii: ","))
            record.appendChange(stamp: stamp, to: &row)
        }
        last = stamp
    }

    /// Whether a record's row is named and not yet written to the table.
    func names(row number: Int64) -> Bool { named?.contains(number) ?? false }

    /// Begins the next row if a change of so many bytes does not fit, and counts it.
    private mutating func makeRoom(_ bytes: Int) throws {
        guard bytes <= Limits.changeBytes else { throw SaveFault(.changeTooLarge) }
        let isFull = count == Self.changesPerRow || byteCount + bytes + 1 > bytesPerRow
        if isFull { try finish() }
        byteCount += bytes + (count > 0 ? 1 : 0)
        count += 1
    }

    /// Writes the row that is not full. Call last.
    mutating func finish() throws {
        guard count > 0 else { return }
        let statement = try store.prepare(
            "INSERT INTO pending(saved_at, count, last_stamp, changes, formerly, first_row, "
                + "last_row) VALUES(?, ?, ?, ?, ?, ?, ?)")
        statement.bind(1, savedAt)
        statement.bind(2, Int64(count))
        statement.bind(3, Int64(bitPattern: last.rawValue))
        statement.bind(4, blob: row)
        if let formerly { statement.bind(5, id: formerly) } else { statement.bindNull(5) }
        if let named {
            statement.bind(6, named.lowerBound)
            statement.bind(7, named.upperBound)
        } else {
            statement.bindNull(6)
            statement.bindNull(7)
        }
        try statement.run()
        row.removeAll(keepingCapacity: true)
        (named, byteCount, count) = (nil, 0, 0)
    }
}
