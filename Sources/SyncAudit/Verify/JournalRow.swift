import SyncCore
import SyncProtocol
import SyncStore

/// A row of a hub's journal. A large batch is unpacked, read and checked on another core, while the
/// entry before it is ruled.
struct JournalRow {
    let position: Int64
    let peer: Int64
    let number: Int64
    let hash: [UInt8]
    let signature: [UInt8]
    let leaf: [UInt8]
    let isClean: Int64
    let head: [UInt8]
    let headID: [UInt8]

    private let read: @Sendable () -> FoundBatch
    private let reading: Beside<FoundBatch>?

    /// Handing over costs more than unpacking fewer bytes.
    private static let leastBytes = 4 << 10

    /// - Parameters:
    ///   - row: position, peer, number, hash, batch, signature, leaf, is_clean, head, head_id.
    ///   - key: the one that the batch is probably signed with.
    init(_ row: StoreStatement, key: PublicKey?) {
        position = row.integer(0)
        peer = row.integer(1)
        number = row.integer(2)
        hash = row.array(3)
        let packed = row.array(4)
        signature = row.array(5)
        leaf = row.array(6)
        isClean = row.integer(7)
        head = row.array(8)
        headID = row.array(9)
        read = { [signature] in
            FoundBatch(unpacking: packed, signature: Signature(bytes: signature), key: key)
        }
        reading = packed.count >= Self.leastBytes ? Beside(read) : nil
    }

    var batch: FoundBatch { reading?.value ?? read() }
}
