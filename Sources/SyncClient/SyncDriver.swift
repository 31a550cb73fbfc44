import SyncCore
import SyncProtocol
public import SyncReplica
import SyncStore

/// Carries out a sync session for one replica: asks the session what to do and does it.
public actor SyncDriver {
    /// What is going on, for a progress bar.
    public enum Progress: Sendable {
        case pulling(records: Int)
        /// Changes receipted so far, of those that were pending.
        case pushing(done: Int, total: Int)
    }

    let replica: Replica
    let transport: any HubTransport
    /// Another one once the hub turns out to have a new key.
    private(set) var membership: Replica.Membership
    /// Both change when a copy takes a new key.
    private(set) var device: DeviceID
    private(set) var token: String
    private let onProgress: @Sendable (Progress) -> Void
    /// What the hub's operator sees of this device: `sync-field/1.0`.
    private let program: String?

    private var session = SyncSession()
    var report = SyncReport()
    /// Saves up to this one are sealed in this session.
    private var mark: Int64 = 0
    private var total = 0
    /// The answer that waits to be applied.
    private var answered: (message: PageMessage, request: PullRequest)?
    /// Where the repair under way began.
    var repairStart: RepairStart?
    /// The place in the list of repairs at which this sync began.
    private var healedMark: Int64 = 0
    /// How often this device was enrolled again in this sync.
    private var rejoinCount = 0
    /// Whether the hub asked for another token.
    private var isTokenDue = false
    private static let rejoinLimit = 3
    /// What the way to the hub lets through of a page; nil: nothing was cut so far.
    private var pageBytes: Int?
    /// The same as it is kept for the next sync.
    private var keptPageBytes: Int?
    private static let leastPageBytes = 4 << 10
    /// The page on its way broke off, and is asked for as it was.
    private var isPageAskedAgain = false
    /// Why the batch on its way did not get through, and how often.
    private var stuck: ForeignAnswer?
    private var stuckCount = 0

    /// - Throws: `ReplicaFault.notJoined`.
    public init(
        replica: Replica, transport: any HubTransport, program: String? = nil,
        onProgress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) throws {
        self.replica = replica
        self.transport = transport
        self.onProgress = onProgress
        self.program = program
        guard let membership = try replica.membership(), let token = replica.token else {
            throw ReplicaFault.notJoined
        }
        self.membership = membership
        self.token = token
        device = try replica.deviceID()
    }

    /// Runs one sync of a replica with its hub over HTTP, after a join that was asked for without a
    /// network and that no answer came to.
    ///
    /// - Throws: `ReplicaFault.notJoined`, `ReplicaFault.keyMissing`, and as `run`.
    public static func sync(
        _ replica: Replica, program: String? = nil,
        onProgress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws -> SyncReport {
        guard try replica.membership() != nil else { throw ReplicaFault.notJoined }
        guard replica.hasKey else {
            throw ReplicaFault.keyMissing(path: KeyFile.path(forReplica: replica.path))
        }
        // A new key that was made for a lost one waits for its invite.
        guard replica.token != nil else { throw ReplicaFault.notJoined }
        let transport = try await HubConnection.open(replica)
        do {
            if let invite = replica.askedInvite {
                try await HubEnrolment.join(replica, invite: invite, transport: transport)
            }
            let report = try await SyncDriver(
                replica: replica, transport: transport, program: program, onProgress: onProgress
            ).run()
            await transport.close()
            return report
        } catch {
            await transport.close()
            throw error
        }
    }

    /// Runs one sync to its end.
    ///
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`, `StoreError`. What was receipted
    ///   before stays so; the next sync goes on from there.
    public func run() async throws -> SyncReport {
        do { return try await runSession() } catch let fault as ForeignAnswer
            where fault.reason == .notSigned
        {
            // Perhaps signed by the key that took the place of the one known here.
            guard let next = try await HubKeys.follow(replica, transport) else { throw fault }
            membership = next
            (session, answered, repairStart) = (SyncSession(), nil, nil)
            return try await runSession()
        }
    }

    private func runSession() async throws -> SyncReport {
        let start = try replica.beginSession()
        mark = start.mark
        total = try replica.pendingCount()
        healedMark = try replica.healedMark()
        pageBytes = try replica.pageBytes()
        keptPageBytes = pageBytes
        var event = SyncSession.Event.began(unreceipted: start.unreceipted)
        while true {
            switch session.handle(event) {
            case .finish: return try await finish(nil)
            case .finishContradicted:
                report.isContradicted = true
                return try await finish(nil)
            case .halt(let halt): return try await finish(halt)
            case .giveUp: throw stuck ?? ForeignAnswer(.tooLarge, status: 413)
            case let directive: event = try await carryOut(directive)
            }
        }
    }

    /// Does what does not end the session.
    private func carryOut(_ directive: SyncSession.Directive) async throws -> SyncSession.Event {
        switch directive {
        case .pull: return try await pull()
        case .commitPage: return try commitPage()
        case .forgetCursor:
            try replica.forgetCursor()
            return .forgotten
        case .push(let number): return try await push(number)
        case .sealNext: return .sealed(try replica.sealNext(upTo: mark))
        case .setAside(let batch, let change):
            mark = try replica.setAside(batch: batch, change: change, reason: "batch_invalid")
            report.setAside += 1
            return .sealed(try replica.sealNext(upTo: mark))
        case .makeSmaller(let batch):
            let fault = stuck ?? ForeignAnswer(.tooLarge, status: 413)
            guard
                let next = try replica.makeSmaller(batch: batch, isRefused: fault.status == 413)
            else { throw fault }
            mark = next
            return .sealed(try replica.sealNext(upTo: mark))
        case .prove: return try await prove()
        case .recount: return try recount()
        case .fetchNode(let node): return try await fetchNode(node)
        case .fetchBucket(let bucket): return try await fetchBucket(bucket)
        case .repair(let answers): return try repair(answers)
        case .repairAfresh: return try repairAfresh()
        case .review: return .reviewed(try replica.standing())
        case .askHeads: return try await askHeads()
        case .fetchStale: return try await fetchStale()
        case .takeNewKey: return try await takeNewKey()
        case .searchFormer:
            let event = try await searchFormer()
            // What was authored anew stands behind what the session began with.
            mark = try replica.beginSession().mark
            return event
        case .adopt: return .adoptionSealed(try replica.sealAdoption())
        case .finish, .finishContradicted, .halt, .giveUp:
            preconditionFailure("\(directive) ends the session")
        }
    }

    private func finish(_ halt: SyncSession.Halt?) async throws -> SyncReport {
        report.halt = halt
        report.healed = try replica.healedCount(since: healedMark)
        report.notices = try replica.takeHealingNotices()
        // One that does not get through is asked for again by the next sync.
        if halt == nil, isTokenDue {
            do { try await TokenRenewal.run(replica, transport: transport) } catch is TransportFault
            {} catch is ForeignAnswer {} catch is WireError {} catch ReplicaFault.notJoined {}
        }
        report.traffic = await transport.traffic
        try replica.note(halt: halt)
        if halt == nil { try replica.forgetBundleNeed() }
        // What was sent no longer waits. A full or busy disk can give it back next time.
        if report.pushed > 0 {
            do { try replica.shrink() } catch is StoreError {}
        }
        return report
    }

    private func pull() async throws -> SyncSession.Event {
        let request = try replica.pullRequest()
        do {
            var said = try replica.visit(by: program)
            if let pageBytes { said.append((name: "bytes", value: String(pageBytes))) }
            let answer = try await send(request.wire(token: token, visit: said))
            let message = try Self.verified(answer, request, device, membership.hub)
            isPageAskedAgain = false
            if let pageBytes, pageBytes != keptPageBytes {
                try replica.setPageBytes(pageBytes)
                keptPageBytes = pageBytes
            }
            answered = (message, request)
            return .answered(try replica.judge(message.page, request: request))
        } catch let error as WireError where error.code == .cursorGone {
            return .cursorGone
        } catch let error as WireError where error.code == .headUnknown {
            return .headUnknown
        } catch let fault as ForeignAnswer where fault.isOfTheWay {
            // What breaks off once may be the network's doing. Again: something between cuts what
            // is large, and half as much is asked for.
            isPageAskedAgain.toggle()
            if isPageAskedAgain { return try await pull() }
            let half = (pageBytes ?? Limits.pageBytes) / 2
            guard half >= Self.leastPageBytes else { throw fault }
            pageBytes = half
            return try await pull()
        }
    }

    /// Sends a request that carries the token. A hub that was put back may lack the enrolment: the
    /// device is enrolled again, and asks again.
    func send(_ request: WireRequest) async throws -> WireAnswer {
        let answer = try await transport.send(request)
        guard answer.status == WireErrorCode.tokenUnknown.status,
            WireError(encoded: answer.body, status: answer.status)?.code == .tokenUnknown,
            rejoinCount < Self.rejoinLimit
        else { return answer }
        rejoinCount += 1
        return try await rejoin() ? transport.send(request) : answer
    }

    /// Goes on as the device that the file has become.
    func becomeNewDevice() throws {
        guard let token = replica.token else { throw ReplicaFault.notJoined }
        device = try replica.deviceID()
        self.token = token
    }

    private static func verified(
        _ answer: WireAnswer, _ request: PullRequest, _ device: DeviceID, _ hub: HubIdentity
    ) throws -> PageMessage {
        let message = try read(answer) { try PageMessage(encoded: $0) }
        do { try message.verify(nonce: request.nonce, device: device, hub: hub) } catch {
            throw ForeignAnswer(.notSigned, status: answer.status, detail: error.rawValue)
        }
        // A page that promises more and does not move on would never end.
        guard !message.page.more || message.page.cursor != request.cursor else {
            throw ForeignAnswer(.notThisProtocol, status: answer.status, detail: "cursor")
        }
        return message
    }

    private func commitPage() throws -> SyncSession.Event {
        guard let (message, request) = answered else {
            preconditionFailure("a page is applied only after it was answered")
        }
        answered = nil
        switch try replica.apply(message, request: request) {
        case .outdated: return .outdated
        case .applied(let records, let digest):
            report.pulled += records
            report.position = message.page.head.head.size
            report.digest = digest
            isTokenDue = message.page.renewToken
            onProgress(.pulling(records: report.pulled))
            return .committed(isDifferent: digest.isDifferent)
        }
    }

    private func push(_ number: Int64) async throws -> SyncSession.Event {
        let push = try replica.push(number)
        let batch = push.batch
        let request = WireRequest(.post, "/v1/batches", token: token, body: push.encoded)
        let answer: WireAnswer
        do {
            answer = try await send(request)
            (stuck, stuckCount) = (nil, 0)
        } catch let fault as ForeignAnswer where fault.isOfTheWay || fault.status == 413 {
            // What a proxy refuses outright it refuses again; what breaks off is tried once more.
            stuck = fault
            stuckCount += 1
            guard fault.status == 413 || stuckCount > 1 else { return .numberRefused }
            stuckCount = 0
            return .refused(batch: number, change: nil)
        }
        do {
            let content = try answer.content()
            let receipt = try Self.verified(content, batch, membership.hub)
            try replica.store(receipt)
            count(batch, receipt.leaf.verdict)
            return .receipted
        } catch let error as WireError where error.code == .batchInvalid {
            guard let change = error.details["change"]?.integer else { throw error }
            return .refused(batch: number, change: Int(change))
        } catch let error as WireError where Self.isAboutNumbers(error) {
            return .numberRefused
        }
    }

    private static func isAboutNumbers(_ error: WireError) -> Bool {
        [.numberTaken, .numberAhead, .chainBroken].contains(error.code)
    }

    private static func verified(
        _ content: [UInt8], _ batch: SealedBatch, _ hub: HubIdentity
    ) throws -> Receipt {
        let receipt: Receipt
        do { receipt = try Receipt(encoded: content) } catch {
            throw ForeignAnswer(.notThisProtocol, status: 200)
        }
        do { try receipt.verify(batch: batch, hub: hub) } catch {
            throw ForeignAnswer(.notSigned, status: 200, detail: error.rawValue)
        }
        return receipt
    }

    private func count(_ batch: SealedBatch, _ verdict: Verdict) {
        // Records handed back are nobody's new work.
        if batch.adopts == nil { report.pushed += batch.count }
        report.conflicts += verdict.conflicts.count
        report.suspect += verdict.effective.count
        if batch.adopts == nil { report.quarantined += verdict.quarantined.count }
        onProgress(.pushing(done: report.pushed, total: max(total, report.pushed)))
    }
}
