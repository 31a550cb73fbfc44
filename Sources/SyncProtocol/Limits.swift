/// The limits of protocol version 1, checked before any other work; never lowered.
///
/// Source: Protocol/README.md §8.1. Each has its reason beside it.
public enum Limits {
    /// Bytes of a request body as sent: a cheap server must be able to hold many at once.
    public static let bodyBytes = 1 << 20
    /// Bytes of a body once unpacked, either way.
    public static let unpackedBytes = 8 << 20
    /// A body may unpack to so many times its size: past that it is a bomb, not a log.
    public static let unpackedRatio = 100
    /// Bytes of a batch: it fits into a body even when nothing can be compressed.
    public static let batchBytes = bodyBytes - 1_024
    public static let changesPerBatch = 1_000
    public static let changeBytes = 256 << 10
    /// Bytes of a record's state: a page must be able to carry it.
    public static let recordBytes = 1 << 20
    /// The same where changes come again, or are handed back, after a hub was put back: they were
    /// taken before.
    public static let healedRecordBytes = 4 << 20
    /// Fields that one change sets, and fields that a save lets a record have.
    public static let fieldsPerChange = 64
    public static let resolvesPerChange = 64
    /// Bytes of UTF-8 in one text.
    public static let textBytes = 16 << 10
    /// Depth of nesting; see `CanonicalJSON.depthLimit`.
    public static let jsonDepth = 16
    /// What a hub aims at for the records of one page, in bytes before compression.
    public static let pageBytes = 512 << 10
    /// Positions that one inclusion proof may ask for: its paths stay within a few hundred KiB.
    public static let proofPositions = 64
    /// Heads of a device's history that it presents at once: at doubling distances they reach back
    /// over any log.
    public static let presentedHeads = 64
    /// Records that are asked for by name at once.
    public static let namedRecords = 1_000
    /// New keys in 24 hours of one device and those that came out of it: a copy needs one.
    public static let newKeysPerDay = 8
    /// Characters of a cursor.
    public static let cursorLength = 512
}
