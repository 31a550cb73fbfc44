import SyncCore
import SyncProtocol
import SyncReplica

// What a driver does for copies and restored hubs. The session decides; Protocol/README.md §10, §11.

extension SyncDriver {
    /// How often heads between those presented are asked for: each time narrows them 32 times.
    private static let headRounds = 4

    func askHeads() async throws -> SyncSession.Event {
        var (low, high, best) = (Int64(0), Int64.max, HeadsAnswer?.none)
        var newest: SignedHead?
        for _ in 0..<Self.headRounds {
            let (heads, hasOthers) = try replica.historyHeads(above: low, below: high)
            guard let first = heads.first else { break }
            newest = newest ?? first
            guard let answer = try await ask(heads) else { return .notServed }
            if best == nil || answer.held > low { best = answer }
            low = max(low, answer.held)
            high = heads.last { $0.head.size > answer.held }?.head.size ?? low
            guard hasOthers, high > low + 1 else { break }
        }
        // A device that never saw a head has nothing to lose.
        guard let best, let newest else { return .cursorGone }
        return switch try replica.take(best, newest: newest) {
        case .agreed: .agreed
        case .broken: .broken
        case .rewritten: .rewritten
        }
    }

    /// The hub gave a receipt for a batch that is not in the head it shows: it was put back to
    /// before it and grew on, or the log was rewritten. The receipt's own head tells which.
    func explain(
        _ request: ProofRequest, _ proof: InclusionAnswer
    ) async throws -> SyncSession.Event {
        let missing = request.leavesMissing(in: proof)
        let lost = try replica.receipts(missing.map(\.number))
        // Another process on this file has found the same and has begun to heal it.
        guard let newest = lost.last?.head, lost.map(\.leaf) == missing else {
            return .numberRefused
        }
        let older = try replica.historyHeads(below: newest.head.size).presented
        let heads = [newest] + older.prefix(Limits.presentedHeads - 1)
        guard let answer = try await ask(heads) else { return .notServed }
        guard answer.held < newest.head.size, answer.head.head.epoch != newest.head.epoch else {
            return .notIncluded
        }
        try replica.lose(lost, answer)
        return .broken
    }

    /// - Returns: nil if the hub is of a release that does not heal.
    private func ask(_ heads: [SignedHead]) async throws -> HeadsAnswer? {
        let request = HeadsRequest(heads: heads, nonce: replica.newNonce())
        let answer = try await send(
            WireRequest(.post, "/v1/heads", token: token, body: request.encoded))
        let message: HeadsAnswer
        do {
            message = try Self.read(answer) { try HeadsAnswer(encoded: $0) }
        } catch let error as WireError where Self.isOlder(error) {
            return nil
        } catch let error as WireError where error.code == .signatureInvalid {
            // The hub does not know its own heads: it is back at a key that it had left, or another
            // key claims to be its successor.
            _ = try await HubKeys.follow(replica, transport)
            throw error
        }
        try Self.check { () throws(AnswerFault) in
            try message.verify(
                heads: heads.map(\.head), nonce: request.nonce, device: device,
                hub: membership.hub)
        }
        return message
    }

    /// Whether a hub refused a call since it does not know it.
    private static func isOlder(_ error: WireError) -> Bool {
        [.notServed, .notFound, .methodNotAllowed].contains(error.code)
    }

    func fetchStale() async throws -> SyncSession.Event {
        let keys = try replica.staleKeys()
        guard !keys.isEmpty else { return .staleTaken }
        let request = FoundRequest(keys: keys, nonce: replica.newNonce())
        let answer = try await send(
            WireRequest(.post, "/v1/records", token: token, body: request.encoded))
        let message = try Self.read(answer) { try FoundAnswer(encoded: $0) }
        try Self.check { () throws(AnswerFault) in
            try message.verify(
                keys: keys, nonce: request.nonce, device: device, hub: membership.hub)
        }
        return try replica.take(message, for: keys) ? .staleTaken : .outdated
    }

    func takeNewKey() async throws -> SyncSession.Event {
        let request = try replica.beginNewKey()
        let answer = try await transport.send(
            WireRequest(.post, "/v1/devices", body: request.encoded))
        let message: JoinAnswer
        do {
            message = try Self.read(answer) { try JoinAnswer(encoded: $0) }
        } catch let error as WireError where error.code == .fieldMissing {
            // A hub of the release before asks for an invite.
            return .notServed
        } catch let error as WireError where Self.isOfAnother(error) {
            // Made for a state of this file that was put back since: this one takes another.
            try replica.forgetNextKey(request.key)
            return try await takeNewKey()
        }
        do { _ = try replica.finishNewKey(message, for: request.key) } catch let fault as JoinFault
        { throw ForeignAnswer(.notSigned, status: answer.status, detail: "\(fault)") }
        try becomeNewDevice()
        return .renewed
    }

    /// Whether a hub refused a new key since it is enrolled already and came out of another device.
    private static func isOfAnother(_ error: WireError) -> Bool {
        error.code == .parameterInvalid && error.details["key"]?.string == "key"
    }

    func searchFormer() async throws -> SyncSession.Event {
        var searches = try replica.openIdentities()
        for index in searches.indices {
            while try await search(&searches[index]) {}
        }
        try replica.reauthor(searches)
        return .reauthored
    }

    /// - Returns: whether there is more to ask for.
    private func search(_ search: inout FormerSearch) async throws -> Bool {
        let nonce = replica.newNonce()
        let (of, from) = (search.device, search.from)
        let answer = try await send(
            WireRequest(
                .get, "/v1/batches",
                query: [("device", of.hex), ("from", String(from)), ("nonce", nonce.hex)],
                token: token))
        let message = try Self.read(answer) { try DeviceBatchesAnswer(encoded: $0) }
        try Self.check { () throws(AnswerFault) in
            try message.verify(
                of: of, from: from, nonce: nonce, device: device, hub: membership.hub)
        }
        return try search.take(message, in: replica)
    }

    /// Enrols this device again at a hub that lacks its token.
    ///
    /// - Returns: false if the answer of its join was not kept.
    func rejoin() async throws -> Bool {
        guard let request = try replica.rejoinRequest() else { return false }
        let answer = try await transport.send(
            WireRequest(.post, "/v1/devices", body: request.encoded))
        let message: JoinAnswer
        do {
            message = try Self.read(answer) { try JoinAnswer(encoded: $0) }
        } catch let error as WireError where error.code == .fieldMissing {
            return false
        }
        do { try replica.finishRejoin(message) } catch let fault as JoinFault {
            throw ForeignAnswer(.notSigned, status: answer.status, detail: "\(fault)")
        }
        return true
    }
}
