/// Why a comparison could not be completed.
public struct DiffFault: Error, Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// A file was written while it was read in place.
        case changedWhileRead
        /// The hub's journal moved on again and again while it was asked.
        case hubMovedOn
        /// An answer does not fit the digest that the hub itself signed.
        case contradiction
        /// A hub's address needs a token.
        case tokenMissing
    }

    public let kind: Kind
    /// The side, as the person named it.
    public let name: String
    public let detail: String

    public init(_ kind: Kind, name: String, detail: String = "") {
        self.kind = kind
        self.name = name
        self.detail = detail
    }
}
