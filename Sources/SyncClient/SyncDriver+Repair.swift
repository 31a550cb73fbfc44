import SyncCore
import SyncProtocol
import SyncReplica

// What a driver does for proofs and repairs. The session decides; see SyncSession+Repair.swift.

extension SyncDriver {
    /// Reads the content of an answer; what cannot be read is not the hub's.
    static func read<T>(_ answer: WireAnswer, _ body: ([UInt8]) throws -> T) throws -> T {
        let content = try answer.content()
        do { return try body(content) } catch let error as JSONError
            where content.first == UInt8(ascii: "{") && error.offset >= content.count
        {
            // It is of the hub's form as far as it goes.
            throw ForeignAnswer(.cut, status: answer.status)
        } catch {
            throw ForeignAnswer(.notThisProtocol, status: answer.status)
        }
    }

    /// Runs a check of an answer; what fails it is not the hub's.
    static func check(_ body: () throws(AnswerFault) -> Void) throws {
        do { try body() } catch {
            throw ForeignAnswer(.notSigned, status: 200, detail: error.rawValue)
        }
    }

    func prove() async throws -> SyncSession.Event {
        guard let request = try replica.nextProofs() else { return .proved(more: false) }
        let answer = try await send(request.wire(token: token))
        let proof: InclusionAnswer
        do {
            proof = try Self.read(answer) { try InclusionAnswer(encoded: $0) }
        } catch let error as WireError where error.code == .notServed {
            // An older hub: the proof waits until it is updated.
            return .proved(more: false)
        } catch let error as WireError where error.code == .parameterInvalid {
            // The journal does not reach so far any more: it was put back since the pull.
            return .numberRefused
        }
        try Self.check { () throws(AnswerFault) in
            try proof.verify(
                positions: request.positions, size: request.head.size, nonce: request.nonce,
                device: device, hub: membership.hub)
        }
        // Another history of that size: it was put back since the pull, or rewritten.
        guard proof.head.head.root == request.head.root else { return .headUnknown }
        guard request.isProved(by: proof) else { return try await explain(request, proof) }
        try replica.noteProved(request)
        return .proved(more: true)
    }

    func recount() throws -> SyncSession.Event {
        guard let start = try replica.beginRepair() else {
            report.digest = .notCompared
            return .recounted(nil)
        }
        repairStart = start
        report.digest = start.comparison
        return .recounted(DigestDescent(head: start.head, own: start.sums))
    }

    func fetchNode(_ node: Int?) async throws -> SyncSession.Event {
        let nonce = replica.newNonce()
        let name = DigestAnswer.name(of: node)
        let answer = try await ask("/v1/digest", ("node", name), nonce)
        let message = try Self.read(answer) { try DigestAnswer(encoded: $0) }
        try Self.check { () throws(AnswerFault) in
            try message.verify(node: node, nonce: nonce, device: device, hub: membership.hub)
        }
        return .node(message)
    }

    func fetchBucket(_ bucket: Int) async throws -> SyncSession.Event {
        let nonce = replica.newNonce()
        let answer = try await ask("/v1/records", ("bucket", String(bucket)), nonce)
        let message = try Self.read(answer) { try BucketAnswer(encoded: $0) }
        try Self.check { () throws(AnswerFault) in
            try message.verify(bucket: bucket, nonce: nonce, device: device, hub: membership.hub)
        }
        return .bucket(message)
    }

    private func ask(
        _ path: String, _ subject: (name: String, value: String), _ nonce: ID128
    ) async throws -> WireAnswer {
        let query = [(name: subject.name, value: subject.value), (name: "nonce", value: nonce.hex)]
        return try await send(WireRequest(.get, path, query: query, token: token))
    }

    func repair(_ answers: [BucketAnswer]) throws -> SyncSession.Event {
        switch try replica.repair(answers, start: currentRepair) {
        case .outdated: return .outdated
        case .applied(let comparison):
            report.digest = comparison
            return .repaired(isEqual: !comparison.isDifferent)
        }
    }

    func repairAfresh() throws -> SyncSession.Event {
        try replica.pullAfresh(repairing: currentRepair) ? .forgotten : .outdated
    }

    private var currentRepair: RepairStart {
        guard let repairStart else { preconditionFailure("a repair begins with a recount") }
        return repairStart
    }
}
