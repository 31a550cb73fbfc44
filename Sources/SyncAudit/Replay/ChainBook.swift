import SyncCore
import SyncProtocol

/// Where each device's chain of batches stands.
struct ChainBook {
    private struct Link {
        var number: Int64
        var hash: Hash256
        /// The break of the journal after which it was noted.
        var breaks: Int
    }

    private var links: [DeviceID: Link] = [:]
    private var breaks = 0

    /// Notes that entries are missing or cannot be read: any chain may go on further ahead.
    mutating func forget() { breaks += 1 }

    /// What a batch should have gone on from; nil if it does, as far as can be known.
    func fault(of batch: SealedBatch) -> (number: Int64, previous: Hash256)? {
        let link = links[batch.device] ?? Link(number: 0, hash: .zero, breaks: 0)
        if batch.number - 1 == link.number, batch.previous == link.hash { return nil }
        if link.breaks < breaks, batch.number - 1 > link.number { return nil }
        return (link.number + 1, link.hash)
    }

    /// Where each chain stands.
    var all: [(device: DeviceID, number: Int64, hash: Hash256)] {
        links.map { ($0.key, $0.value.number, $0.value.hash) }
    }

    mutating func note(_ device: DeviceID, number: Int64, hash: Hash256) {
        links[device] = Link(number: number, hash: hash, breaks: breaks)
    }
}
