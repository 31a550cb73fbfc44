/// Why a file could not be read or written.
public struct StoreError: Error, Sendable {
    public enum Kind: String, Sendable {
        /// Another process holds the file longer than the busy limit.
        case locked
        /// The file or its folder may not be written.
        case readOnly
        case diskFull
        case inputOutput
        /// The file is damaged.
        case corrupt
        /// Not a SQLite file, or not one of FieldSync.
        case notAReplica
        case cannotOpen
        /// A newer version of FieldSync wrote it.
        case tooNew
        case other
    }

    public let kind: Kind
    public let path: String
    /// SQLite's own words, for the log. Never a value.
    public let detail: String

    public init(_ kind: Kind, path: String, detail: String = "") {
        self.kind = kind
        self.path = path
        self.detail = detail
    }
}
