/// The limits of a bundle's file, checked while it is read. Source: Protocol/README.md §13.1.
public enum BundleLimits {
    /// The version of the file that this program writes and reads.
    public static let version: Int64 = 1
    /// Bytes of one line: any answer of the hub, and its name around it.
    public static let lineBytes = Limits.unpackedBytes
    /// Bytes of a whole file once unpacked: half a million records, on any cheap machine.
    public static let unpackedBytes = 256 << 20
    /// Bytes that a hub writes into one answer before it leaves the rest to the next question.
    public static let answerBytes = 192 << 20
    /// How a file's name ends.
    public static let ending = ".fsb"
}
