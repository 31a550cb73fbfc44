/// Why a file proves nothing.
public struct ProofFault: Error, Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// Not JSON, or not one of a proof's form.
        case form
        /// A proof, but not written in the one canonical way.
        case notCanonical = "not_canonical"
        case tooLarge = "too_large"
        /// The head is not signed by the hub's key, or names another hub or space.
        case head
        /// An entry names a head that is not there, or a head serves no entry.
        case headMissing = "head_missing"
        /// The leaf is not that of the batch.
        case leaf
        /// The device's key did not sign the batch.
        case signature
        /// The path does not lead to the head's root.
        case notIncluded = "not_included"
        /// No hub-signed enrolment and no key fits the device, or one is there for none.
        case device
        /// The batch does not name the record.
        case notNamed = "not_named"
        /// Positions or heads do not rise.
        case order
        /// There is no batch at all.
        case empty
    }

    public let kind: Kind
    /// A position, head size, device or member; empty for the whole file.
    public let place: String

    public init(_ kind: Kind, _ place: String = "") {
        self.kind = kind
        self.place = place
    }
}
