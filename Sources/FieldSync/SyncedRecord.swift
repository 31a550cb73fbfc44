// What is kept: a Swift type whose properties are fields, each merged by itself.
//
// A field holds one value: a text, a number, true or false, or nothing. So a property is a String, a
// Bool, a number, an enumeration with raw values, or whatever else encodes itself as one of these (a
// Date, a UUID, a RecordID), or an optional of them.

/// A record whose fields are merged between devices, each by itself.
///
/// ```swift
/// struct Item: SyncedRecord {
///     static let collection = "items"
///     var name: String
///     var isBought = false
/// }
/// ```
///
/// A property named `isBought` is the field `is_bought`. Fields of a record that the type does not
/// have (a newer version's) stay as they are.
public protocol SyncedRecord: Codable, Sendable {
    /// The name of the collection: a letter or `_`, then letters, digits and `_`, all of ASCII and in
    /// lower case; at most 32.
    static var collection: String { get }
}

/// A record as it is kept.
@dynamicMemberLookup
public struct Stored<Record: SyncedRecord>: Sendable, Identifiable {
    public let id: RecordID
    public let value: Record

    public subscript<Value>(dynamicMember path: KeyPath<Record, Value>) -> Value {
        value[keyPath: path]
    }
}

extension Stored: Equatable where Record: Equatable {}
