/// Where the tables of a hub's store are: a SQLite file, or a space's schema in another database.
///
/// Safe to use from any thread.
package protocol StoreDatabase: Sendable {
    /// Names it in messages: a path, or an address without its password.
    var path: String { get }

    /// Runs `body` in one read transaction, over one snapshot.
    func read<T>(_ body: (StoreConnection) throws -> T) throws -> T

    /// The same over a snapshot that may be older than the last commit, if there is a place for
    /// that: a replica of the database.
    ///
    /// - Returns: nil where there is none.
    func readBehind<T>(_ body: (StoreConnection) throws -> T) throws -> T?

    /// Runs `body` in one write transaction, after any that came before it: all of it is on disk
    /// when this returns, or none. `body` may be run again where the database ended it.
    func write<T>(_ body: (StoreConnection) throws -> T) throws -> T

    func close() throws
}

extension StoreDatabase {
    package func readBehind<T>(_ body: (StoreConnection) throws -> T) throws -> T? { nil }
}

extension StoreFile: StoreDatabase {}

/// A connection of another database than SQLite, within one transaction.
package protocol ForeignConnection: AnyObject {
    func prepare(_ sql: String) throws -> any ForeignStatement
    func execute(_ sql: String) throws
    /// Rows that the last statement changed.
    func changedCount() throws -> Int
    /// Reads rows that will be asked for one by one, together.
    ///
    /// - Parameters:
    ///   - sql: the question.
    ///   - keys: its arguments, each time.
    func prefetch(_ sql: String, _ keys: [[StoreValue]]) throws
}

/// A statement of another database. As of `StoreStatement`: parameters count from 1, columns from
/// 0, and bytes are good until the next step or reset.
package protocol ForeignStatement: AnyObject {
    func bind(_ index: Int32, _ value: StoreValue)
    func step() throws -> Bool
    func reset()
    func integer(_ column: Int32) -> Int64
    func isNull(_ column: Int32) -> Bool
    func isInteger(_ column: Int32) -> Bool
    func isText(_ column: Int32) -> Bool
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer
}
