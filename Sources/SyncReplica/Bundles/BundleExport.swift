/// What was written into a bundle.
public struct BundleExport: Sendable {
    /// Whether it asks the hub to enrol this device.
    public internal(set) var asksToJoin = false
    /// Own batches without a receipt, and the changes in them.
    public internal(set) var batches = 0
    public internal(set) var changes = 0
    /// Items of and for other devices.
    public internal(set) var carried = 0
    /// Carried items that did not fit any more: deliver this bundle, then make another.
    public internal(set) var leftOut = 0
}
