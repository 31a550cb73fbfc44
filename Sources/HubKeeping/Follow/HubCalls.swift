import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// The calls of a follower. Each answer is the pinned hub's, or an error.
struct HubCalls {
    let transport: any HubTransport
    let file: FollowerFile
    let environment: Environment

    /// The hub as it is believed now.
    var hub: HubIdentity

    /// Enrols the follower. Repeating it gives the same answer.
    ///
    /// - Returns: the hub's answer, and the role that it gave.
    func join() async throws -> (answer: JoinAnswer, role: String) {
        try await enrol(file.joinRequest)
    }

    /// Enrols the follower again at a hub that lost its enrolment, by the hub's own answer of then.
    func joinAgain(_ enrolment: JoinAnswer) async throws -> JoinAnswer {
        try await enrol(
            JoinRequest(
                enrolment: enrolment, space: hub.space, token: .sha256(Array(file.token.utf8)),
                key: file.key)
        ).answer
    }

    private func enrol(
        _ request: JoinRequest
    ) async throws -> (answer: JoinAnswer, role: String) {
        let answer = try await transport.send(
            WireRequest(.post, "/v1/devices", body: request.encoded))
        return try foreign(answer) {
            let join = try JoinAnswer(encoded: $0)
            return (join, try join.verify(key: file.key.publicKey, hub: hub).role)
        }
    }

    /// Entries from a position on; nil if the hub's journal ends before.
    func journal(from position: Int64) async throws -> JournalAnswer? {
        let nonce = environment.randomID()
        // What it says of itself, as devices do with a pull.
        let said = [
            ("from", String(position)), ("at", String(environment.nowMilliseconds())),
            ("program", "sync-hub"),
            ("url", HubMark.text(file.invite.url, file.invite.tls)),
        ]
        let answer = try await transport.send(request("/v1/journal", said, nonce))
        do {
            return try foreign(answer) { content in
                let page = try JournalAnswer(encoded: content)
                try page.verify(from: position, nonce: nonce, device: file.device, hub: hub)
                return page
            }
        } catch let error as WireError where error.code == .parameterInvalid { return nil }
    }

    /// The hub's head of a size; nil if its journal is smaller.
    func head(of size: Int64) async throws -> SignedHead? {
        let nonce = environment.randomID()
        let query = [("first", String(size)), ("second", String(size))]
        let answer = try await transport.send(request("/v1/proof/consistency", query, nonce))
        do {
            return try foreign(answer) { content in
                let proof = try ConsistencyAnswer(encoded: content)
                try proof.verify(
                    first: size, second: size, nonce: nonce, device: file.device, hub: hub)
                return proof.head
            }
        } catch let error as WireError where error.code == .parameterInvalid { return nil }
    }

    /// The newest head as a signed note; nil from a hub that serves none.
    func checkpoint() async throws -> String? {
        let answer = try await transport.send(
            WireRequest(.get, "/checkpoint", token: file.token))
        do { return String(decoding: try answer.content(), as: UTF8.self) } catch let error
            as WireError where error.code.status == 404
        { return nil }
    }

    /// Which of these heads the hub holds.
    func standing(of heads: [SignedHead]) async throws -> HeadsAnswer {
        let nonce = environment.randomID()
        let body = HeadsRequest(heads: heads, nonce: nonce).encoded
        let answer = try await transport.send(
            WireRequest(.post, "/v1/heads", token: file.token, body: body))
        return try foreign(answer) { content in
            let standing = try HeadsAnswer(encoded: content)
            try standing.verify(
                heads: heads.map(\.head), nonce: nonce, device: file.device, hub: hub)
            return standing
        }
    }

    private func request(
        _ path: String, _ query: [(String, String)], _ nonce: ID128
    ) -> WireRequest {
        WireRequest(.get, path, query: query + [("nonce", nonce.hex)], token: file.token)
    }

    /// Reads a signed answer; what is not the hub's is nobody's word.
    private func foreign<T>(_ answer: WireAnswer, _ body: ([UInt8]) throws -> T) throws -> T {
        let content = try answer.content()
        do { return try body(content) } catch let fault as AnswerFault {
            throw ForeignAnswer(.notSigned, status: answer.status, detail: fault.rawValue)
        } catch let fault as JoinFault {
            throw ForeignAnswer(.notSigned, status: answer.status, detail: "\(fault)")
        } catch is JSONError {
            throw ForeignAnswer(.notThisProtocol, status: answer.status)
        } catch is MessageFault {
            throw ForeignAnswer(.notThisProtocol, status: answer.status)
        }
    }
}
