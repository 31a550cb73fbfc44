import Dispatch
import SyncCore
import SyncProtocol
import SyncStore

/// The signature of a large batch, checked on another core while the batch is read.
final class BatchCheck: @unchecked Sendable {
    // Guard: the result is written before the group is left, and read after that.

    /// Less than this is done sooner than handed over.
    private static let leastBytes = 64 << 10

    private let batch: [UInt8]
    private let signature: Signature
    private let checking = DispatchGroup()
    private var wasSigned = false

    /// - Parameters:
    ///   - message: a push, not yet read.
    ///   - key: of the device that sends it.
    /// - Returns: nil for a small one, and where other members stand beside the batch.
    init?(_ message: [UInt8], key: PublicKey) {
        guard message.count >= Self.leastBytes,
            let parts = SealedBatch.plainParts(of: message)
        else { return nil }
        (batch, signature) = (Array(parts.batch), parts.signature)
        DispatchQueue.global(qos: .userInitiated).async(group: checking) { [self] in
            wasSigned = key.verifies(signature, .batch, batch)
        }
    }

    /// Whether this is what is checked.
    func isOf(_ read: SealedBatch) -> Bool {
        read.signature == signature && read.bytes == batch
    }

    var isSigned: Bool {
        checking.wait()
        return wasSigned
    }
}

/// The form in which a journal keeps a batch, made on another core while the batch is ruled.
final class BatchPacking: @unchecked Sendable {
    // Guard: the result is written before the group is left, and read after that.

    private let packing = DispatchGroup()
    private var result: [UInt8] = []

    private init(_ batch: [UInt8]) {
        DispatchQueue.global(qos: .userInitiated).async(group: packing) { [self] in
            result = JournalTable.packed(batch)
        }
    }

    static func beside(_ batch: [UInt8]) -> @Sendable () -> @Sendable () -> [UInt8] {
        {
            let packing = BatchPacking(batch)
            return {
                packing.packing.wait()
                return packing.result
            }
        }
    }
}
