/// Why a bundle cannot be written or used on this device. Nothing was changed.
public enum BundleUseFault: Error, Sendable, Equatable {
    /// A file of that name is there.
    case exists(path: String)
    /// It is of another space than this device's.
    case anotherSpace(path: String)
}
