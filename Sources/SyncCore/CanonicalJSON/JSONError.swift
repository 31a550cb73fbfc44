/// Why a run of bytes is not JSON that this protocol takes.
public struct JSONError: Error, Sendable, Equatable {
    public enum Reason: String, Sendable {
        /// Not JSON at all.
        case malformed
        /// JSON, but not in canonical form (white space, key order, number or escape form).
        case notCanonical
        /// Nested deeper than `CanonicalJSON.depthLimit`.
        case tooDeep
        /// One object has one key twice.
        case duplicateKey
        /// Not UTF-8, or a text with U+0000.
        case badText
    }

    public let reason: Reason
    /// Byte offset in the input at which the reader stopped.
    public let offset: Int

    public init(_ reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
