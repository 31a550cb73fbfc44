public import SyncCore

/// Reads members of a message object, naming the one that is missing or wrong.
public struct MessageFields {
    private let members: [String: JSONValue]
    private let message: String

    /// - Parameter message: the message's name, for the error.
    /// - Throws: `MessageFault` if the value is no object.
    public init(_ value: JSONValue?, _ message: String) throws(MessageFault) {
        guard let members = value?.object else { throw MessageFault(message, "") }
        self.members = members
        self.message = message
    }

    /// The member as it stands; nil if it is missing.
    public func optional(_ key: String) -> JSONValue? { members[key] }

    public func require<T>(_ key: String, _ read: (JSONValue) -> T?) throws(MessageFault) -> T {
        guard let member = members[key] else { throw MessageFault(message, key) }
        guard let value = read(member) else {
            throw MessageFault(message, key, isMissing: false)
        }
        return value
    }

    public func text(_ key: String) throws(MessageFault) -> String {
        try require(key) { $0.string }
    }

    public func integer(_ key: String) throws(MessageFault) -> Int64 {
        try require(key) { $0.integer }
    }

    public func bool(_ key: String) throws(MessageFault) -> Bool {
        try require(key) { $0.bool }
    }

    public func id(_ key: String) throws(MessageFault) -> ID128 {
        try require(key) { $0.string.flatMap { ID128(hex: $0) } }
    }

    public func hash(_ key: String) throws(MessageFault) -> Hash256 {
        try require(key) { $0.string.flatMap { Hash256(hex: $0) } }
    }

    public func hashes(_ key: String) throws(MessageFault) -> [Hash256] {
        try require(key) { value in
            guard let items = value.array else { return nil }
            let hashes = items.compactMap { $0.string.flatMap { Hash256(hex: $0) } }
            return hashes.count == items.count ? hashes : nil
        }
    }

    public func signature(_ key: String) throws(MessageFault) -> Signature {
        try require(key) { $0.string.flatMap { Signature(hex: $0) } }
    }
}

/// A message lacks a member, or holds one of the wrong form.
public struct MessageFault: Error, Sendable, Equatable {
    public let message: String
    /// Empty when the message itself is not an object.
    public let member: String
    /// Whether the member is not there, rather than of the wrong form.
    public let isMissing: Bool

    public init(_ message: String, _ member: String, isMissing: Bool = true) {
        self.message = message
        self.member = member
        self.isMissing = isMissing
    }
}
