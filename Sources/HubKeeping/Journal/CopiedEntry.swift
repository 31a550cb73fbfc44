import SyncCore
import SyncProtocol
import SyncStore

/// An entry of another holder's journal; nothing of it is believed yet.
struct CopiedEntry {
    /// Canonical JSON.
    let batch: [UInt8]
    let signature: Signature
    let leaf: Leaf
    /// The head of this size, if the hub's own is at hand.
    var head: SignedHead?
}
