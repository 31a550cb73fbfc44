public import SyncCore

extension SyncSession {
    /// A verified page beside what the device knows of itself.
    public struct Answer: Sendable {
        package let halt: Halt?
        package let isCopied: Bool
        /// The hub may go on from an older state: its signed word on this device's heads decides.
        package let mayBeRestored: Bool
        let hasMore: Bool
        let nextNumber: Int64

        /// - Parameters:
        ///   - own: the device's own chain.
        ///   - held: the largest head that the device holds.
        public init(page: Page, own: OwnChain, held: Head?) {
            hasMore = page.more
            nextNumber = page.nextNumber
            switch HeadCheck(held: held, new: page.head.head, consistency: page.consistency) {
            case .hubRestored: (halt, mayBeRestored) = (nil, true)
            case .rewritten: (halt, mayBeRestored) = (.logRewritten, false)
            case .extends:
                (halt, mayBeRestored) = (nil, page.nextNumber <= own.lastReceipted)
            }
            isCopied =
                page.nextNumber > own.lastSealed + 1 || own.hashBefore != page.nextPrevious
        }
    }

    /// What a device knows of its own batches. Source: Protocol/README.md §10.
    public struct OwnChain: Sendable {
        /// 0 if none.
        public let lastSealed: Int64
        public let lastReceipted: Int64
        /// The hash of the own batch before the number that the hub expects; zero for number 1,
        /// nil if the device holds no such batch.
        public let hashBefore: Hash256?

        public init(lastSealed: Int64, lastReceipted: Int64, hashBefore: Hash256?) {
            self.lastSealed = lastSealed
            self.lastReceipted = lastReceipted
            self.hashBefore = hashBefore
        }
    }
}
