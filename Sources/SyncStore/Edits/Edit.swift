public import SyncCore

/// What a person wants to do to one record.
public struct Edit: Sendable {
    public enum Action: Sendable {
        /// Sets fields; makes the record if it is not there.
        case set([String: Value])
        /// Sets fields, also those that hold the value already: for acts that must be whole.
        case write([String: Value])
        /// Makes the record with these fields only if it is not there: a repeated import.
        case create([String: Value])
        case delete
        case restore
    }

    public let key: RecordKey
    public let action: Action
    /// Conflicts that this edit settles.
    public let resolves: [RecordID]

    public init(_ key: RecordKey, _ action: Action, resolves: [RecordID] = []) {
        self.key = key
        self.action = action
        self.resolves = resolves
    }
}

/// Why a save was refused: it would not pass the wire's limits. Nothing was saved.
public struct SaveFault: Error, Sendable, Equatable {
    public enum Kind: String, Sendable {
        case badName, tooManyFields, textTooLong, badText, changeTooLarge, badNumber
        /// The record to delete or restore is not there.
        case recordMissing
    }

    public let kind: Kind
    /// The field at fault; empty when it is the whole change.
    public let field: String

    public init(_ kind: Kind, field: String = "") {
        self.kind = kind
        self.field = field
    }
}
