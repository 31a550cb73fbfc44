import SyncCore
import SyncProtocol
import SyncStore

/// The signature of a large batch, checked on another core while the batch is read.
struct BatchCheck: Sendable {
    private let batch: [UInt8]
    private let signature: Signature
    private let checking: Beside<Bool>

    /// - Parameters:
    ///   - message: a push, not yet read.
    ///   - key: of the device that sends it.
    /// - Returns: nil for a small one, and where other members stand beside the batch.
    init?(_ message: [UInt8], key: PublicKey) {
        guard Beside<Bool>.isWorthwhile(message.count),
            let parts = SealedBatch.plainParts(of: message)
        else { return nil }
        let signature = parts.signature
        (batch, self.signature) = (Array(parts.batch), signature)
        guard
            let checking = Beside(ifLarge: batch, { key.verifies(signature, .batch, $0) })
        else { return nil }
        self.checking = checking
    }

    /// Whether this is what is checked.
    func isOf(_ read: SealedBatch) -> Bool {
        read.signature == signature && read.bytes == batch
    }

    var isSigned: Bool { checking.value }
}
