// The session: what a device does in one sync.
//
// Problem: a sync can be cut at any point, answers can be lost, repeated or forged, the hub can be
// an older copy of itself, and so can the device. Decisions spread over networking code cannot be
// tested against that.
// Idea: a pure state machine. It is told what happened and says what to do next; whoever carries it
// out (over HTTP, or in a simulation) decides nothing.
// Source: Protocol/README.md §8.5, §10, §11; the split: swift-cluster-membership, SWIMInstance.

/// Decides each step of one sync.
public struct SyncSession: Sendable {
    /// What the carrier does next.
    public enum Directive: Sendable, Equatable {
        /// Ask for the page after the stored cursor, then report `.answered`.
        case pull
        /// Apply the page just answered in one transaction, then report `.committed` or
        /// `.outdated`.
        case commitPage
        /// Forget the cursor, so that the next pull begins afresh, then report `.forgotten`.
        case forgetCursor
        /// Send a sealed batch, then report `.receipted` or `.refused`.
        case push(Int64)
        /// Seal the next batch of what was saved before the session began, then report `.sealed`.
        case sealNext
        /// Seal a refused batch again without one change, then report `.sealed`.
        case setAside(batch: Int64, change: Int)
        /// Seal a batch that does not get through again, and smaller, then report `.sealed`; nil if
        /// it cannot be smaller.
        case makeSmaller(batch: Int64)
        /// Check that own receipted batches are in the head that the device holds, those of one
        /// request, then report `.proved` or `.notIncluded`.
        case prove
        /// Count the digest anew from the records, then report `.recounted`.
        case recount
        /// Ask for the children of a node of the hub's digest (nil: the top), then report `.node`.
        case fetchNode(Int?)
        /// Ask for the records of a bucket, then report `.bucket`.
        case fetchBucket(Int)
        /// Put the hub's buckets in place of the device's in one transaction, then report
        /// `.repaired` or `.outdated`.
        case repair([BucketAnswer])
        /// Begin to pull everything anew, keeping what that replaces, then report `.forgotten`.
        case repairAfresh
        /// Read what the file says is to be healed, then report `.reviewed`.
        case review
        /// Ask the hub which of this device's heads it holds, take its word, then report `.agreed`,
        /// `.broken`, `.rewritten` or `.notServed`.
        case askHeads
        /// Fetch records whose hub's state the pull did not bring, then report `.staleTaken`.
        case fetchStale
        /// Join under a new key, then report `.renewed` or `.notServed`.
        case takeNewKey
        /// Look through the old keys' batches and author anew what they lack, then report
        /// `.reauthored`.
        case searchFormer
        /// Seal what is held aside and the hub lacks, then report `.adoptionSealed`.
        case adopt
        /// End with what keeps a batch from getting through: it cannot be made smaller.
        case giveUp
        case finish
        /// The end too: the hub's answers do not fit the digest that it signed.
        case finishContradicted
        case halt(Halt)
    }

    /// What happened.
    public enum Event: Sendable {
        /// - Parameter unreceipted: sealed batches without a receipt, ascending.
        case began(unreceipted: [Int64])
        case answered(Answer)
        /// - Parameter isDifferent: the digests were compared, and are not the same.
        case committed(isDifferent: Bool)
        /// Another process had moved the cursor: nothing was applied.
        case outdated
        case cursorGone
        /// The hub does not hold the head that was presented.
        case headUnknown
        case forgotten
        case receipted
        /// - Parameter change: the one that is refused; nil: the batch is too large for the way.
        case refused(batch: Int64, change: Int?)
        /// Nil: nothing is left to seal.
        case sealed(Int64?)
        /// - Parameter more: batches are left to prove, for another request.
        case proved(more: Bool)
        /// The hub cannot show a batch that it gave a receipt for in the head that it signed.
        case notIncluded
        /// Nil: something was saved meanwhile, and there is nothing to compare.
        case recounted(DigestDescent?)
        case node(DigestAnswer)
        case bucket(BucketAnswer)
        /// - Parameter isEqual: the digests are the same now.
        case repaired(isEqual: Bool)
        case reviewed(Standing)
        /// The hub holds every head of this device: nothing was lost.
        case agreed
        /// The hub lacks what this device has seen; it is held aside.
        case broken
        case rewritten
        /// The hub is of a release that does not heal.
        case notServed
        case staleTaken
        case renewed
        case reauthored
        case adoptionSealed([Int64])
        /// The hub's chain of this device's batches is not where this session took it to be, or
        /// another process on the file found that first.
        case numberRefused
    }

    /// What a session has to send and to heal, as the device's file says.
    public struct Standing: Sendable, Equatable {
        /// Sealed batches without a receipt of this history, ascending.
        public let unreceipted: [Int64]
        /// Records whose hub's state is to be fetched.
        public let hasStale: Bool
        /// Something is held aside that no batch hands back yet.
        public let isAside: Bool
        /// A new key was taken, and the old one's batches were not looked through yet.
        public let isRenamed: Bool

        public init(
            unreceipted: [Int64] = [], hasStale: Bool = false, isAside: Bool = false,
            isRenamed: Bool = false
        ) {
            self.unreceipted = unreceipted
            self.hasStale = hasStale
            self.isAside = isAside
            self.isRenamed = isRenamed
        }
    }

    /// Why the session stops for good. The device keeps saving.
    public enum Halt: String, Sendable, Equatable {
        /// A copy of this replica wrote under its key, and the hub cannot give it a new one.
        case copied
        /// The hub goes on from an older state than this device has seen, and cannot heal that.
        case hubRestored
        /// The hub shows another history under the same epoch.
        case logRewritten
        /// Other processes keep moving the same replica.
        case contended
    }

    enum Phase: Equatable {
        case pulling(isOutcome: Bool)
        /// Own batches were offered again: what the hub has now is to be known before the rest is
        /// handed back.
        case beforeAdoption
        case pushing([Int64])
        /// A batch was refused: a signed page must say that the hub does not hold it.
        case confirming(batch: Int64, change: Int?)
        /// The digests differ: finding out where.
        case descending
        case ended
    }

    /// How often a page may be found outdated before the session gives up.
    private static let outdatedLimit = 20

    /// Errors are not signed: so many changes may be kept aside in one session, and no more.
    private static let setAsideLimit = 10

    /// Halving so often makes the largest batch the least one.
    private static let tooLargeLimit = 12

    /// How often one session heals and begins again.
    private static let healingLimit = 8

    var phase = Phase.pulling(isOutcome: false)
    private var standing = Standing()
    private var healingCount = 0
    private var hasPushed = false
    /// Something was pushed since the last pull.
    private var isBehind = false
    var hasMore = true
    private var outdatedCount = 0
    private var setAsideCount = 0
    private var tooLargeCount = 0
    private var cursorGoneCount = 0
    /// The number that the hub expects next, by the last signed page.
    private var nextNumber: Int64 = 0
    /// The last answer showed that a copy wrote under this key.
    private var isCopied = false

    // Repairs: SyncSession+Repair.swift.
    /// The digests differed when they were compared last.
    var isDifferent = false
    var descent: DigestDescent?
    var descentCount = 0
    var hasPulledAfresh = false

    public init() {}

    public mutating func handle(_ event: Event) -> Directive {
        switch event {
        case .began(let unreceipted):
            standing = Standing(unreceipted: unreceipted)
            return .pull
        case .answered(let answer):
            if let halt = answer.halt { return end(.halt(halt)) }
            if answer.mayBeRestored { return heal(.askHeads) }
            hasMore = answer.hasMore
            isCopied = answer.isCopied
            nextNumber = answer.nextNumber
            return .commitPage
        case .committed(let isDifferent):
            self.isDifferent = isDifferent
            return hasMore ? .pull : .review
        case .reviewed(let standing):
            self.standing = standing
            return standing.hasStale ? .fetchStale : .prove
        case .staleTaken, .reauthored: return .review
        case .proved(let more): return more ? .prove : afterPull()
        case .notIncluded: return end(.halt(.logRewritten))
        case .outdated:
            outdatedCount += 1
            guard outdatedCount <= Self.outdatedLimit else { return end(.halt(.contended)) }
            return phase == .descending ? pullAgain() : .pull
        case .cursorGone:
            cursorGoneCount += 1
            return cursorGoneCount > 1 ? end(.halt(.contended)) : .forgetCursor
        case .headUnknown: return heal(.askHeads)
        case .forgotten: return .pull
        case .receipted: return afterReceipt()
        case .refused(let batch, let change):
            if change == nil {
                tooLargeCount += 1
                guard tooLargeCount <= Self.tooLargeLimit else { return end(.giveUp) }
            } else {
                setAsideCount += 1
                guard setAsideCount <= Self.setAsideLimit else { return end(.finish) }
            }
            phase = .confirming(batch: batch, change: change)
            return .pull
        case .sealed(let number):
            guard let number else { return afterPush() }
            phase = .pushing([number])
            return .push(number)
        case .recounted, .node, .bucket, .repaired: return handleRepair(event)
        case .agreed, .broken, .rewritten, .notServed, .renewed, .adoptionSealed, .numberRefused:
            return handleHealing(event)
        }
    }

    /// Heals and begins again, so often and no more.
    mutating func heal(_ directive: Directive) -> Directive {
        healingCount += 1
        guard healingCount <= Self.healingLimit else { return end(.halt(.contended)) }
        return directive
    }

    private mutating func handleHealing(_ event: Event) -> Directive {
        switch event {
        case .agreed: return .pull
        case .broken, .renewed: return beginAgain()
        case .numberRefused: return heal(beginAgain())
        case .rewritten: return end(.halt(.logRewritten))
        case .notServed: return end(.halt(isCopied ? .copied : .hubRestored))
        case .adoptionSealed(let numbers):
            phase = .pushing(numbers)
            return numbers.first.map { .push($0) } ?? .sealNext
        default: preconditionFailure("\(event) is not of healing")
        }
    }

    private mutating func beginAgain() -> Directive {
        phase = .pulling(isOutcome: false)
        hasMore = true
        isCopied = false
        return .pull
    }

    mutating func end(_ directive: Directive) -> Directive {
        phase = .ended
        return directive
    }

    private mutating func afterPull() -> Directive {
        isBehind = false
        // The pull itself does no harm: a copy gets back what it lacks before it takes a new key.
        if isCopied { return heal(.takeNewKey) }
        if standing.isRenamed { return .searchFormer }
        if case .confirming(let batch, let change) = phase {
            phase = .pushing([batch])
            guard nextNumber == batch else { return .push(batch) }
            return change.map { .setAside(batch: batch, change: $0) } ?? .makeSmaller(batch: batch)
        }
        switch phase {
        case .pulling(isOutcome: false):
            phase = .pushing(standing.unreceipted)
            return standing.unreceipted.first.map { .push($0) } ?? afterOffer()
        case .beforeAdoption: return .adopt
        // What was handed back by a head that is not lost after all is handed back by another.
        case .pulling(isOutcome: true) where standing.isAside: return heal(.adopt)
        default: return afterComparison()
        }
    }

    /// Every own batch that was sealed is on the hub: what is held aside is next, new work last.
    private mutating func afterOffer() -> Directive {
        guard standing.isAside else { return .sealNext }
        guard isBehind else { return .adopt }
        phase = .beforeAdoption
        hasMore = true
        return .pull
    }

    private mutating func afterReceipt() -> Directive {
        (hasPushed, isBehind) = (true, true)
        guard case .pushing(let numbers) = phase else { return end(.finish) }
        let rest = Array(numbers.dropFirst())
        phase = .pushing(rest)
        if let next = rest.first { return .push(next) }
        // After an adoption only new work is left.
        let isAdopted = numbers.first.map { !standing.unreceipted.contains($0) } ?? true
        return isAdopted ? .sealNext : afterOffer()
    }

    private mutating func afterPush() -> Directive {
        hasPushed ? pullAgain() : afterComparison()
    }

    /// Pulls to the head once more, to compare there.
    mutating func pullAgain() -> Directive {
        phase = .pulling(isOutcome: true)
        hasMore = true
        return .pull
    }
}
