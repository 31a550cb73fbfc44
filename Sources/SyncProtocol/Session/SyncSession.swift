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
        case refused(batch: Int64, change: Int)
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
    }

    /// Why the session stops for good. The device keeps saving.
    public enum Halt: String, Sendable, Equatable {
        /// A copy of this replica wrote under its key.
        case copied
        /// The hub goes on from an older state than this device has seen.
        case hubRestored
        /// The hub shows another history under the same epoch.
        case logRewritten
        /// Other processes keep moving the same replica.
        case contended
    }

    enum Phase: Equatable {
        case pulling(isOutcome: Bool)
        case pushing([Int64])
        /// A batch was refused: a signed page must say that the hub does not hold it.
        case confirming(batch: Int64, change: Int)
        /// The digests differ: finding out where.
        case descending
        case ended
    }

    /// How often a page may be found outdated before the session gives up.
    private static let outdatedLimit = 20

    /// Errors are not signed: so many changes may be kept aside in one session, and no more.
    private static let setAsideLimit = 10

    var phase = Phase.pulling(isOutcome: false)
    private var unreceipted: [Int64] = []
    private var hasPushed = false
    var hasMore = true
    private var outdatedCount = 0
    private var setAsideCount = 0
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
            self.unreceipted = unreceipted
            return .pull
        case .answered(let answer):
            if let halt = answer.halt { return end(.halt(halt)) }
            hasMore = answer.hasMore
            isCopied = answer.isCopied
            nextNumber = answer.nextNumber
            return .commitPage
        case .committed(let isDifferent):
            self.isDifferent = isDifferent
            return hasMore ? .pull : .prove
        case .proved(let more): return more ? .prove : afterPull()
        case .notIncluded: return end(.halt(.logRewritten))
        case .outdated:
            outdatedCount += 1
            guard outdatedCount <= Self.outdatedLimit else { return end(.halt(.contended)) }
            return phase == .descending ? pullAgain() : .pull
        case .cursorGone:
            cursorGoneCount += 1
            return cursorGoneCount > 1 ? end(.halt(.contended)) : .forgetCursor
        case .headUnknown: return end(.halt(.hubRestored))
        case .forgotten: return .pull
        case .receipted: return afterReceipt()
        case .refused(let batch, let change):
            setAsideCount += 1
            guard setAsideCount <= Self.setAsideLimit else { return end(.finish) }
            phase = .confirming(batch: batch, change: change)
            return .pull
        case .sealed(let number):
            guard let number else { return afterPush() }
            phase = .pushing([number])
            return .push(number)
        case .recounted, .node, .bucket, .repaired: return handleRepair(event)
        }
    }

    mutating func end(_ directive: Directive) -> Directive {
        phase = .ended
        return directive
    }

    private mutating func afterPull() -> Directive {
        // The pull itself does no harm: a copy gets back what it lacks before it stops.
        guard !isCopied else { return end(.halt(.copied)) }
        if case .confirming(let batch, let change) = phase {
            phase = .pushing([batch])
            return nextNumber == batch ? .setAside(batch: batch, change: change) : .push(batch)
        }
        guard phase == .pulling(isOutcome: false) else { return afterComparison() }
        phase = .pushing(unreceipted)
        return unreceipted.first.map { .push($0) } ?? .sealNext
    }

    private mutating func afterReceipt() -> Directive {
        hasPushed = true
        guard case .pushing(let numbers) = phase else { return end(.finish) }
        let rest = Array(numbers.dropFirst())
        phase = .pushing(rest)
        return rest.first.map { .push($0) } ?? .sealNext
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
