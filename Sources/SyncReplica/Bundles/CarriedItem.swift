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
        case .keys, .join, .enrolment: (number, mark) = (0, [])
        case .push(let push):
            (number, mark) = (push.batch.number, push.batch.hash.bytes)
        case .pull(let pull): (number, mark) = (pull.madeAt, pull.nonce.bytes)
        case .page(let page):
            (number, mark) = (page.page.head.head.size, page.page.nonce.bytes)
        case .receipt(let receipt):
            (number, mark) = (receipt.leaf.number, receipt.leaf.batch.bytes)
        case .refused(let refusal): (number, mark) = (0, refusal.item.bytes)
        case .ask(let ask): (number, mark) = (ask.madeAt, ask.nonce.bytes)
        case .heads(let answer): (number, mark) = Self.mark(of: answer.part)
        case .batches(let answer): (number, mark) = Self.mark(of: answer.part)
        case .found(let answer): (number, mark) = Self.mark(of: answer.part)
        }
    }

    private static func mark(of part: SignedPart) -> (Int64, [UInt8]) {
        (part.head.head.size, part.nonce.bytes)
    }
}
