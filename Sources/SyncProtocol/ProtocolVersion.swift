/// The version of the wire that this code speaks.
public enum ProtocolVersion {
    public static let current = 1
    /// The header that every request and answer carries.
    public static let header = "Sync-Protocol"
    /// What this program calls itself when it delivers: name and version.
    public static let program = "FieldSync/0.1.0"
}
