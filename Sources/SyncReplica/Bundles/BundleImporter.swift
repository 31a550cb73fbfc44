import SyncCore
import SyncProtocol
import SyncStore

/// Carries out the import of one bundle. Its items are handed to it sorted by kind.
struct BundleImporter {
    let replica: Replica
    let hub: HubIdentity
    let device: DeviceID
    var report = BundleImport()
    private var carrier: BundleCarrier
    /// The last page that was applied.
    private var lastPage: Page?
    private let healedMark: Int64
    /// The old keys' batches, as far as the file's answers go; nil before the first.
    var searches: [FormerSearch]?
    var searched: Set<DeviceID> = []
    /// Ids that this device had before, and the one that it asked for.
    private let ownIDs: Set<DeviceID>

    init(replica: Replica, hub: HubIdentity, device: DeviceID) throws {
        healedMark = try replica.healedMark()
        self.replica = replica
        self.hub = hub
        self.device = device
        carrier = BundleCarrier(replica: replica)
        let next = try replica.nextPublicKey()?.deviceID
        ownIDs = Set(try replica.ownDevices() + [next].compactMap(\.self))
    }

    mutating func take(_ item: BundleItem) throws {
        // Taken before all else.
        guard item.kind != .keys else { return }
        let message: BundleMessage
        do throws(BundleItemFault) {
            message = try BundleMessage(item, hub: hub)
        } catch {
            return report.refuse(item.kind, error)
        }
        guard ownIDs.contains(message.device) else {
            return try carrier.take(item, message, &report)
        }
        if case .enrolment(let answer, let key) = message { return try take(answer, key) }
        // What was for an id that this device had before is past.
        guard message.device == device else { return }
        switch message {
        // A device's own requests, on their way back to it.
        case .join, .push, .pull, .ask: return
        case .keys, .enrolment: return
        case .page(let page): try take(page)
        case .receipt(let receipt): try take(receipt)
        case .refused(let refusal): try take(refusal)
        case .heads(let answer): try take(answer)
        case .batches(let answer): try take(answer)
        case .found(let answer): try take(answer)
        }
    }

    /// Ends the import: compares, and notes why nothing more is taken if that is so.
    mutating func finish() throws -> BundleImport {
        try carrier.finish(&report)
        try finishSearches()
        report.notices = try replica.takeHealingNotices()
        if try replica.bundleNeed() != .nothing || replica.isHealing() { report.isHealing = true }
        if report.pages > 0 || report.halt != nil { try replica.note(halt: report.halt) }
        if let lastPage, report.halt == nil {
            report.isIncomplete = lastPage.more
            report.digest = try replica.compare(with: lastPage)
            if report.digest.isDifferent { try repair() }
        }
        report.healed = try replica.healedCount(since: healedMark)
        return report
    }

    /// Counts anew; if the device still differs, its next question asks for everything.
    private mutating func repair() throws {
        guard let start = try replica.beginRepair() else { return }
        report.digest = start.comparison
        if report.digest.isDifferent { _ = try replica.pullAfresh(repairing: start) }
    }

    // MARK: Answers

    private mutating func take(_ answer: JoinAnswer, _ key: PublicKey) throws {
        if key == (try replica.nextPublicKey()) {
            do { _ = try replica.finishNewKey(answer, for: key) } catch is JoinFault {
                return report.refuse(.enrolment, .notSigned)
            }
            try replica.note(need: .nothing)
            report.isHealing = true
            return
        }
        guard let invite = replica.askedInvite else {
            report.repeated += 1
            return
        }
        do { try replica.finishJoin(answer, invite: invite) } catch is JoinFault {
            return report.refuse(.enrolment, .notSigned)
        }
        report.hasJoined = true
    }

    private mutating func take(_ message: PageMessage) throws {
        let page = message.page
        guard let asked = try replica.asked(page.nonce) else {
            report.outdated += 1
            return
        }
        guard !asked.isAnswered else {
            report.repeated += 1
            return
        }
        guard let request = try replica.standing(asked.request, answeredBy: page) else {
            report.outdated += 1
            return
        }
        let answer = try replica.judge(page, request: request)
        if let halt = answer.halt {
            report.halt = halt
            return
        }
        if answer.mayBeRestored { return try replica.note(need: .heads) }
        if page.more { try replica.expect(message, after: request) }
        guard case .applied(let records, _) = try replica.apply(message, request: request) else {
            report.outdated += 1
            return
        }
        try replica.markAnswered(page.nonce)
        report.pages += 1
        report.pulled += records
        report.position = page.head.head.size
        lastPage = page
        // A copy gets back what it lacks before it takes a new key, as in a sync.
        if !page.more, answer.isCopied { try replica.note(need: .newKey) }
    }

    private mutating func take(_ receipt: Receipt) throws {
        // From a hub that goes on from elsewhere nothing is taken, as in a sync.
        guard report.halt == nil, try replica.bundleNeed() != .heads else { return }
        guard let (batch, isReceipted) = try replica.ownBatch(receipt.leaf.number) else {
            return report.refuse(.receipt, .malformed)
        }
        do { try receipt.verify(batch: batch, hub: hub) } catch {
            return report.refuse(.receipt, .malformed)
        }
        guard !isReceipted else {
            report.repeated += 1
            return
        }
        try replica.store(receipt)
        let verdict = receipt.leaf.verdict
        report.batches += 1
        if batch.adopts == nil { report.receipted += batch.count }
        report.conflicts += verdict.conflicts.count
        report.suspect += verdict.effective.count
        report.quarantined += verdict.quarantined.count
    }

    private mutating func take(_ refusal: SignedRefusal) throws {
        let error = refusal.error
        switch refusal.kind {
        case .join:
            guard try replica.openJoinItem()?.hash == refusal.item else { return }
            report.hubRefusals.append(.init(kind: .join, batch: nil, error: error))
        case .push:
            guard let number = try replica.unreceipted(item: refusal.item) else { return }
            report.hubRefusals.append(.init(kind: .push, batch: number, error: error))
            try setAside(batch: number, error)
        default:
            guard try replica.stillStands(item: refusal.item) else { return }
            switch error.code {
            case .headUnknown: try replica.note(need: .heads)
            case .cursorGone: try replica.forgetCursor()
            default: break
            }
            report.hubRefusals.append(.init(kind: .pull, batch: nil, error: error))
        }
    }

    /// §8.4: a change that the hub will never take is kept aside, if a signed page says that the
    /// hub does not hold its batch.
    private mutating func setAside(batch number: Int64, _ error: WireError) throws {
        guard error.code == .batchInvalid, let change = error.details["change"]?.integer,
            lastPage?.nextNumber == number, report.halt == nil
        else { return }
        _ = try replica.setAside(
            batch: number, change: Int(change), reason: error.code.rawValue)
        report.setAside += 1
    }
}
