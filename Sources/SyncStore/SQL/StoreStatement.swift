import CSQLite
package import SyncCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An argument of a statement off the hot path.
package enum StoreValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByNilLiteral, Hashable
{
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(nilLiteral: ()) { self = .null }
}

/// A prepared statement with SQLite's own calls: on the hot path each row costs a handful of
/// them and no boxed values.
///
/// Parameters count from 1, columns from 0. `reset` before the next use, also after an error.
package struct StoreStatement {
    /// SQLite's; nil where `foreign` is another database's.
    private let handle: OpaquePointer?
    /// Keeps the statement alive.
    private let owner: AnyObject
    private let foreign: (any ForeignStatement)?
    private let path: String

    /// SQLite copies the bytes before the call returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ handle: OpaquePointer?, owner: SQLiteConnection, path: String) {
        self.handle = handle
        self.owner = owner
        foreign = nil
        self.path = path
        sqlite3_reset(handle)
    }

    init(_ statement: any ForeignStatement) {
        handle = nil
        owner = statement
        foreign = statement
        path = ""
    }

    // MARK: Arguments

    package func bind(_ index: Int32, _ number: Int64) {
        if let foreign { return foreign.bind(index, .integer(number)) }
        sqlite3_bind_int64(handle, index, number)
    }

    package func bind(_ index: Int32, text: String) {
        var copy = text
        copy.withUTF8 { bind(index, text: UnsafeRawBufferPointer($0)) }
    }

    /// UTF-8 bytes as TEXT; copied.
    package func bind(_ index: Int32, text: UnsafeRawBufferPointer) {
        if let foreign {
            return foreign.bind(index, .text(String(decoding: text, as: UTF8.self)))
        }
        let start = text.baseAddress?.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(handle, index, start ?? Self.nothing, Int32(text.count), Self.transient)
    }

    /// Bytes as BLOB; copied.
    package func bind(_ index: Int32, blob: UnsafeRawBufferPointer) {
        if let foreign { return foreign.bind(index, .blob(Array(blob))) }
        guard let start = blob.baseAddress, !blob.isEmpty else {
            sqlite3_bind_zeroblob(handle, index, 0)
            return
        }
        sqlite3_bind_blob(handle, index, start, Int32(blob.count), Self.transient)
    }

    package func bind(_ index: Int32, blob: [UInt8]) {
        blob.withUnsafeBytes { bind(index, blob: $0) }
    }

    /// UTF-8 bytes as TEXT, not copied: they must stay where they are until the statement has run.
    func bind(_ index: Int32, lentText text: UnsafeRawBufferPointer) {
        guard foreign == nil else { return bind(index, text: text) }
        let start = text.baseAddress?.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(handle, index, start ?? Self.nothing, Int32(text.count), nil)
    }

    /// Bytes as BLOB, not copied: they must stay where they are until the statement has run.
    func bind(_ index: Int32, lentBlob blob: UnsafeRawBufferPointer) {
        guard foreign == nil else { return bind(index, blob: blob) }
        guard let start = blob.baseAddress, !blob.isEmpty else {
            sqlite3_bind_zeroblob(handle, index, 0)
            return
        }
        sqlite3_bind_blob(handle, index, start, Int32(blob.count), nil)
    }

    /// The 16 bytes of an id as BLOB.
    package func bind(_ index: Int32, id: ID128) {
        var words = (id.high.bigEndian, id.low.bigEndian)
        withUnsafeBytes(of: &words) { bind(index, blob: $0) }
    }

    package func bindNull(_ index: Int32) {
        if let foreign { return foreign.bind(index, .null) }
        sqlite3_bind_null(handle, index)
    }

    func bind(_ arguments: [StoreValue]) throws {
        for (offset, argument) in arguments.enumerated() {
            let index = Int32(offset + 1)
            switch argument {
            case .null: bindNull(index)
            case .integer(let number): bind(index, number)
            case .text(let text): bind(index, text: text)
            case .blob(let bytes): bind(index, blob: bytes)
            }
        }
    }

    private nonisolated(unsafe) static let nothing: UnsafePointer<CChar> = UnsafePointer(
        UnsafeMutablePointer<CChar>.allocate(capacity: 1))

    // MARK: Running

    /// Moves to the next row; false at the end.
    ///
    /// - Throws: `StoreError`.
    package func step() throws -> Bool {
        if let foreign { return try foreign.step() }
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let error = StoreError(on: sqlite3_db_handle(handle), code, path: path)
            sqlite3_reset(handle)
            throw error
        }
    }

    /// Runs to the end and makes the statement ready for the next use.
    package func run() throws {
        defer { reset() }
        while try step() {}
    }

    package func reset() {
        if let foreign { return foreign.reset() }
        sqlite3_reset(handle)
    }

    // MARK: Columns

    package func integer(_ column: Int32) -> Int64 {
        if let foreign { return foreign.integer(column) }
        return sqlite3_column_int64(handle, column)
    }

    package func isNull(_ column: Int32) -> Bool {
        if let foreign { return foreign.isNull(column) }
        return sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    package func text(_ column: Int32) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }

    /// The bytes of a TEXT or BLOB, valid until the next step or reset.
    package func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        if let foreign { return foreign.bytes(column) }
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(
            start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    /// Whether a TEXT or BLOB is just these bytes.
    package func holds(_ column: Int32, _ other: UnsafeRawBufferPointer) -> Bool {
        let own = bytes(column)
        guard own.count == other.count, let start = own.baseAddress, let end = other.baseAddress
        else { return own.isEmpty && other.isEmpty }
        return memcmp(start, end, own.count) == 0
    }

    package func isInteger(_ column: Int32) -> Bool {
        if let foreign { return foreign.isInteger(column) }
        return sqlite3_column_type(handle, column) == SQLITE_INTEGER
    }

    package func isText(_ column: Int32) -> Bool {
        if let foreign { return foreign.isText(column) }
        return sqlite3_column_type(handle, column) == SQLITE_TEXT
    }

    /// The bytes of a TEXT or BLOB, copied.
    package func array(_ column: Int32) -> [UInt8] { Array(bytes(column)) }
}
