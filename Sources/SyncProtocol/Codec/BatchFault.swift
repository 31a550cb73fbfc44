/// Why bytes are not a batch of version 1.
public struct BatchFault: Error, Sendable, Equatable {
    public enum Kind: String, Sendable {
        case notCanonical, malformed, tooDeep, duplicateKey, badText
        case fieldMissing, badName, badNumber, badSignature
        case tooManyChanges, noChanges, changeTooLarge, batchTooLarge, tooManyFields, textTooLong
    }

    public let kind: Kind
    /// Index of the change at fault, from 0; nil when it is the batch itself.
    public let change: Int?
    /// A field's name or an offset, for the log. Never a value.
    public let detail: String

    public init(_ kind: Kind, change: Int? = nil, detail: String = "") {
        self.kind = kind
        self.change = change
        self.detail = detail
    }
}
