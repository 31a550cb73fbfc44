import SyncCore
import SyncProtocol
import SyncStore

/// Carries out one import at the hub: joins first, then batches, then questions, so that an
/// answer tells of all that came with it.
struct BundleIntake {
    private let service: HubService
    private let space: SpaceID
    private let writer: BundleFileWriter
    private var report = BundleIntakeReport()
    /// Batches above this position are new.
    private var position: Int64
    /// The heads of the enrolments answered here, by device.
    private var enrolmentHeads: [DeviceID: ID128] = [:]
    /// What devices that heal ask, in the order met.
    private var asks: [(ask: SignedAsk, item: BundleItem)] = []
    /// The newest question of each device.
    private var questions: [DeviceID: (pull: SignedPull, item: BundleItem)] = [:]

    init(service: HubService, space: SpaceID, position: Int64, writer: BundleFileWriter) {
        self.service = service
        self.space = space
        self.position = position
        self.writer = writer
    }

    mutating func run(_ bundles: [BundleFile]) throws -> BundleIntakeReport {
        for bundle in bundles {
            report.unknown += bundle.unknownCount
            try bundle.each(BundleItem.Kind.answers.union([.join])) { item in
                if item.kind == .join { try join(item) } else { report.passedOver += 1 }
            }
        }
        try pushAll(bundles)
        for bundle in bundles { try bundle.each([.pull]) { try ask($0) } }
        for bundle in bundles { try bundle.each([.ask]) { try hear($0) } }
        for (device, question) in questions.sorted(by: { $0.key < $1.key }) {
            try answer(question.pull, question.item, for: device)
        }
        for (ask, item) in asks { try answer(ask, item) }
        if writer.itemCount > 0 {
            try writer.finish()
            report.answer = writer.path
        }
        report.position = try service.store.facts().position
        return report
    }

    // MARK: Joins

    private mutating func join(_ item: BundleItem) throws {
        var device: DeviceID?
        do {
            let request = try BodyReading.read(item.content) {
                try JoinRequest(encoded: item.content)
            }
            device = request.key.deviceID
            let answer = try service.enrol(request)
            enrolmentHeads[request.key.deviceID] = answer.receipt.head.hash.prefixID
            report.enrolled.insert(request.key.deviceID)
            try write(BundleItem(answer), for: request.key.deviceID)
        } catch let error as WireError {
            try refuse(item, device, batch: nil, error)
        }
    }

    // MARK: Batches

    /// Batches whose earlier ones come later, in another file, are tried again as long as that
    /// gets any of them further.
    private mutating func pushAll(_ bundles: [BundleFile]) throws {
        var ahead = try pushRound(bundles, only: nil, isLast: false)
        while !ahead.isEmpty {
            let still = try pushRound(bundles, only: ahead, isLast: false)
            if still.count == ahead.count {
                _ = try pushRound(bundles, only: still, isLast: true)
                return
            }
            ahead = still
        }
    }

    /// - Returns: the items before which a batch is missing; unless it is the last round.
    private mutating func pushRound(
        _ bundles: [BundleFile], only: Set<Hash256>?, isLast: Bool
    ) throws -> Set<Hash256> {
        var ahead: Set<Hash256> = []
        for bundle in bundles {
            try bundle.each([.push]) { item in
                if let only, !only.contains(item.hash) { return }
                if try push(item, refusesAhead: isLast) == false { ahead.insert(item.hash) }
            }
        }
        return ahead
    }

    /// - Returns: false if a batch before it is missing, and that is not refused yet.
    private mutating func push(_ item: BundleItem, refusesAhead: Bool) throws -> Bool {
        var found: SealedBatch?
        do {
            let push = try BodyReading.read(item.content) {
                try PushRequest(encoded: item.content)
            }
            let batch = push.batch
            found = batch
            let receipt = try service.take(push, of: service.enrolled(batch.device))
            count(batch, at: receipt.leaf.position)
            try write(BundleItem(receipt), for: batch.device)
        } catch let error as WireError {
            guard error.code != .numberAhead || refusesAhead else { return false }
            try refuse(item, found?.device, batch: found?.number, error)
        }
        return true
    }

    private mutating func count(_ batch: SealedBatch, at position: Int64) {
        guard position > self.position else {
            report.repeated += 1
            return
        }
        self.position = position
        report.batches += 1
        report.changes += batch.count
    }

    // MARK: Questions

    /// Checks a question, and keeps it if it is its device's newest.
    private mutating func ask(_ item: BundleItem) throws {
        var device: DeviceID?
        do {
            let pull = try BodyReading.read(item.content) { try SignedPull(encoded: item.content) }
            device = pull.device
            let key = try service.enrolled(pull.device).key
            guard pull.space == space else { throw WireError.space }
            guard pull.isSigned(by: key) else { throw WireError.signature("pull") }
            if let present = questions[pull.device], present.pull.madeAt >= pull.madeAt { return }
            questions[pull.device] = (pull, item)
        } catch let error as WireError {
            try refuse(item, device, batch: nil, error)
        }
    }

    private mutating func answer(
        _ pull: SignedPull, _ item: BundleItem, for device: DeviceID
    ) throws {
        do {
            let presented = pull.head ?? enrolmentHeads[device]
            let request = pull.request(presenting: presented)
            var query = try PageQuery(request, device: device, pageBytes: service.pageBytes)
            while writer.byteCount < BundleLimits.answerBytes {
                let message = try service.page(query)
                try write(BundleItem(message), for: device)
                report.answered.insert(device)
                report.pages += 1
                guard message.page.more else { return }
                query = PageQuery(
                    device: device, cursor: message.page.cursor, have: pull.have,
                    nonce: message.followingNonce, head: message.page.head.hash.prefixID,
                    pageBytes: service.pageBytes)
            }
            report.incomplete.insert(device)
        } catch let error as WireError {
            try refuse(item, device, batch: nil, error)
        }
    }

    // MARK: Healing

    private mutating func hear(_ item: BundleItem) throws {
        var device: DeviceID?
        do {
            let ask = try BodyReading.read(item.content) { try SignedAsk(encoded: item.content) }
            device = ask.device
            let key = try service.enrolled(ask.device).key
            guard ask.space == space else { throw WireError.space }
            guard ask.isSigned(by: key) else { throw WireError.signature("ask") }
            asks.append((ask, item))
        } catch let error as WireError {
            try refuse(item, device, batch: nil, error)
        }
    }

    private mutating func answer(_ ask: SignedAsk, _ item: BundleItem) throws {
        do {
            let device = try service.enrolled(ask.device)
            switch ask.question {
            case .heads(let heads):
                let asked = HeadsRequest(heads: heads, nonce: ask.nonce)
                try write(BundleItem(service.answer(asked, for: device.id)), for: device.id)
            case .batches(let of, let from):
                try answer(ask, of: of, from: from, for: device)
            case .records(let keys):
                let asked = FoundRequest(keys: keys, nonce: ask.nonce)
                try write(BundleItem(service.answer(asked, for: device.id)), for: device.id)
            }
            report.answered.insert(device.id)
        } catch let error as WireError {
            try refuse(item, ask.device, batch: nil, error)
        }
    }

    /// As many answers as it takes, each from the number after the last.
    private mutating func answer(
        _ ask: SignedAsk, of: DeviceID, from: Int64, for device: EnrolledDevice
    ) throws {
        var next = from
        while writer.byteCount < BundleLimits.answerBytes {
            let answer = try service.batches(of: of, from: next, nonce: ask.nonce, for: device)
            try write(BundleItem(answer), for: device.id)
            var count: Int64 = 0
            try answer.eachEntry { _ in count += 1 }
            guard answer.more, count > 0 else { return }
            next += count
        }
        report.incomplete.insert(device.id)
    }

    // MARK: The answer

    private mutating func write(_ item: BundleItem, for device: DeviceID) throws {
        if writer.itemCount == 0 {
            // Who reads the answers may not know the key that signs them.
            let succession = try service.store.facts().hub.succession
            if !succession.isEmpty { try writer.add(BundleItem(succession)) }
        }
        do { try writer.add(item) } catch BundleFault.tooLarge { report.incomplete.insert(device) }
    }

    private mutating func refuse(
        _ item: BundleItem, _ device: DeviceID?, batch: Int64?, _ error: WireError
    ) throws {
        report.refuse(item.kind, device, batch: batch, error)
        guard let device else { return }
        let refusal = SignedRefusal(
            of: item, from: device, error: error, space: space, key: service.store.signingKey)
        try write(BundleItem(refusal), for: device)
    }
}

extension SignedPull {
    /// The call that asks the same, for the checks that it goes through.
    fileprivate func request(presenting head: ID128?) -> WireRequest {
        var query = [("have", String(have)), ("nonce", nonce.hex)]
        if let cursor { query.append(("cursor", cursor)) }
        if let head { query.append(("head", head.hex)) }
        return WireRequest(.get, "/v1/changes", query: query)
    }
}
