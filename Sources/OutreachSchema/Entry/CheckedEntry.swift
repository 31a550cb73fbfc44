public import SyncCore

/// What an entry came to: the fields to save.
public struct CheckedEntry: Sendable, Hashable {
    public let fields: [String: Value]
    /// Fields that seem to hold personal data and were allowed by the person; to be recorded.
    public let personalFields: [String]
    /// Fields that nobody typed and that were filled in from what is known; to be shown.
    public let filledFields: [String]

    init(
        fields: [String: Value], personalFields: [String] = [], filledFields: [String] = []
    ) {
        self.fields = fields
        self.personalFields = personalFields
        self.filledFields = filledFields
    }
}
