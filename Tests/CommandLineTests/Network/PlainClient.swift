import Foundation
import SyncCore
import SyncProtocol
import TestSupport

/// A third party's client: the protocol's messages over a plain socket, no engine.
struct PlainClient {
    let key = SigningKey()
    private let token: String
    private let hub: HubIdentity
    private let port: UInt16
    private var lastNumber: Int64 = 0
    private var lastHash = Hash256.zero

    /// Joins with an invite.
    init(invite text: String) throws {
        let invite = try Invite(text: text)
        hub = invite.identity
        guard let port = invite.url.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw ProcessFault("no port in \(invite.url)")
        }
        self.port = port
        token = Base64URL.text((0..<32).map { _ in UInt8.random(in: 0...255) })
        let request = JoinRequest(invite: invite, token: .sha256(Array(token.utf8)), key: key)
        let content = try call("POST", "/v1/devices", request.encoded)
        let answer = try JoinAnswer(encoded: content)
        _ = try answer.verify(key: key.publicKey, hub: hub)
    }

    private func call(_ method: String, _ target: String, _ body: [UInt8] = []) throws -> [UInt8] {
        let request = HTTPText(
            start: "\(method) \(target) HTTP/1.1",
            headers: [
                ("Host", "127.0.0.1"), ("Sync-Protocol", "1"),
                ("Content-Type", "application/json"), ("Authorization", "Bearer \(token)"),
            ], body: body)
        guard let answer = request.exchange(port: port) else {
            throw ProcessFault("no answer to \(target)")
        }
        guard answer.status == 200 else {
            throw ProcessFault("\(target): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return answer.body
    }

    /// Writes new records in one batch, and checks its receipt.
    mutating func push(_ records: [RecordKey: [String: Value]]) throws {
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        var counter: UInt16 = 0
        let changes = records.map { key, fields in
            counter += 1
            return Change(
                key, set: fields.map { .init($0.key, CanonicalValue($0.value)) },
                stamp: StampTime(milliseconds: now, counter: counter))
        }
        let batch = try BatchBuilder.seal(
            changes: Array(changes.map(\.canonicalBytes).joined(separator: Array(",".utf8))),
            header: .init(
                space: hub.space, number: lastNumber + 1, previous: lastHash, sealedAt: now),
            key: key)
        let receipt = try Receipt(encoded: try call("POST", "/v1/batches", batch.envelope))
        try receipt.verify(batch: batch, hub: hub)
        (lastNumber, lastHash) = (batch.number, batch.hash)
    }

    /// All records of the hub, each as its canonical state.
    func pull() throws -> [RecordKey: JSONValue] {
        var records: [RecordKey: JSONValue] = [:]
        var cursor: String?
        while true {
            let nonce = ID128(high: .random(in: 0...(.max)), low: .random(in: 0...(.max)))
            let target =
                "/v1/changes?have=0&nonce=\(nonce.hex)"
                + (cursor.map { "&cursor=\($0)" } ?? "")
            let message = try PageMessage(encoded: call("GET", target))
            try message.verify(nonce: nonce, device: key.publicKey.deviceID, hub: hub)
            for entry in try JSONParser.parse(message.records).array ?? [] {
                guard let state = entry["record"], let id = RecordID(hex: state.text("id")) else {
                    throw ProcessFault("a record without an id")
                }
                records[RecordKey(state.text("collection"), id)] = state
            }
            guard message.page.more else { return records }
            cursor = message.page.cursor
        }
    }
}
