import SyncCore
import SyncProtocol

/// An item that is passed on, with what tells whether it is settled.
struct CarriedItem {
    let item: BundleItem
    let device: DeviceID
    /// push, receipt: the batch's number; pull: when it was made; page: the size of its head.
    let number: Int64
    /// push, receipt: the batch's hash; pull, page: the nonce; refused: the item's hash.
    let mark: [UInt8]

    init(_ item: BundleItem, _ message: BundleMessage) {
        self.item = item
        device = message.device
        switch message {
        case .join, .enrolment: (number, mark) = (0, [])
        case .push(let batch): (number, mark) = (batch.number, batch.hash.bytes)
        case .pull(let pull): (number, mark) = (pull.madeAt, pull.nonce.bytes)
        case .page(let page):
            (number, mark) = (page.page.head.head.size, page.page.nonce.bytes)
        case .receipt(let receipt):
            (number, mark) = (receipt.leaf.number, receipt.leaf.batch.bytes)
        case .refused(let refusal): (number, mark) = (0, refusal.item.bytes)
        }
    }
}
