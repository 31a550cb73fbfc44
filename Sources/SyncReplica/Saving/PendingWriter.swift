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
        try makeRoom(change.count)
        row += change
        last = stamp
    }

    /// Appends the change that makes a record, written straight into the row.
    ///
    /// - Throws: `SaveFault` (change too large), `StoreError`.
    mutating func append(_ record: NewRecord, _ stamp: StampTime) throws {
        try makeRoom(record.changeByteCount)
        record.appendChange(stamp: stamp, to: &row)
        last = stamp
    }

    /// Begins the next row if a change of so many bytes does not fit, and counts it.
    private mutating func makeRoom(_ byteCount: Int) throws {
        guard byteCount <= Limits.changeBytes else { throw SaveFault(.changeTooLarge) }
        let isFull = count == Self.changesPerRow || row.count + byteCount + 1 > bytesPerRow
        if isFull { try finish() }
        if count > 0 { row.append(UInt8(ascii: ",")) }
        count += 1
    }

    /// Writes the row that is not full. Call once, last.
    mutating func finish() throws {
        guard count > 0 else { return }
        let statement = try store.prepare(
            "INSERT INTO pending(saved_at, count, last_stamp, changes, formerly) "
                + "VALUES(?, ?, ?, ?, ?)")
        statement.bind(1, savedAt)
        statement.bind(2, Int64(count))
        statement.bind(3, Int64(bitPattern: last.rawValue))
        statement.bind(4, blob: row)
        if let formerly { statement.bind(5, id: formerly) } else { statement.bindNull(5) }
        try statement.run()
        row.removeAll(keepingCapacity: true)
        count = 0
    }
}
