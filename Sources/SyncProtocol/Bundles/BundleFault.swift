/// Why a file is not taken as a bundle. The whole file is refused, and nothing of it is used.
public enum BundleFault: Error, Sendable, Equatable {
    /// It does not begin as a bundle does.
    case notABundle
    /// A newer program wrote it.
    case tooNew(version: Int64)
    /// It was cut short: the end is missing.
    case truncated
    /// Its content does not fit its own checksums, or is not of the form.
    case damaged(line: Int)
    /// It unpacks to more than the limits allow.
    case tooLarge
}
