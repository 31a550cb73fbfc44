public import SyncCore

/// What an entry came to: the fields to save.
public struct CheckedEntry: Sendable, Hashable {
    public let fields: [String: Value]
    /// Fields that seem to hold personal data and were allowed by the person; to be recorded.
    public let personalFields: [String]
}
