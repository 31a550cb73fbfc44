import SyncCore
import TestSupport
import Testing

@testable import SyncProtocol

/// Reads and makes the answers of history.json. Source: Protocol/README.md §8.7.
@Suite struct HistoryVectorTests {
    private let file: JSONValue

    init() throws { file = try Vectors.file("history") }

    private func id(_ text: String) throws -> ID128 { try #require(ID128(hex: text)) }

    private func pinned() throws -> HubIdentity {
        let pinned = try #require(file["pinned"])
        return HubIdentity(
            key: try #require(PublicKey(hex: pinned.text("hub_key"))),
            space: try id(pinned.text("space")))
    }

    private func asked(_ value: JSONValue) throws -> RecordKey {
        RecordKey(value.text("collection"), try id(value.text("id")))
    }

    private func judge(_ answer: JSONValue?) throws -> [Leaf] {
        let asked = try #require(file["asked"])
        let message = try HistoryAnswer(encoded: CanonicalJSON.bytes(answer ?? .null))
        try message.verify(
            of: try self.asked(asked), from: asked.number("from"),
            nonce: try id(asked.text("nonce")), device: try id(asked.text("device")),
            hub: try pinned())
        let keys = asked["keys"]
        return try message.checkedEntries(hub: try pinned()) { device in
            keys?[device.hex]?.string.flatMap { PublicKey(hex: $0) }
        }.map(\.leaf)
    }

    @Test func calls_areAnsweredWithTheSameBytes() throws {
        let seed = try #require(Hex.bytes(file["hub"]?.text("seed") ?? ""))
        let key = try #require(SigningKey(seed: seed))
        let calls = file.items("calls").filter { $0["code"] == nil }
        #expect(calls.count == 5)
        for call in calls {
            let bytes = CanonicalJSON.bytes(call["answer"] ?? .null)
            let answer = try HistoryAnswer(encoded: bytes)
            try answer.verify(
                of: try asked(call), from: call.number("from"),
                nonce: try id(call.text("nonce")), device: try id(call.text("asker")),
                hub: try pinned())
            #expect(!answer.more)
            let made = HistoryAnswer(
                of: answer.key, from: answer.from, next: answer.next, entries: answer.entries,
                device: answer.part.device, nonce: answer.part.nonce, head: answer.head, key: key)
            #expect(made.encoded == bytes, "\(call.text("name"))")
        }
    }

    @Test func acceptedAnswers_holdTheirEntriesInOrder() throws {
        for entry in file.items("accept") {
            let positions = try judge(entry["answer"]).map(\.position)
            #expect(positions == positions.sorted(), "\(entry.text("name"))")
        }
        #expect(try judge(file.items("accept")[0]["answer"]).count > 1)
    }

    @Test func refusedAnswers_neverCount() throws {
        let refused = file.items("refused")
        #expect(refused.count >= 18)
        for entry in refused {
            #expect(throws: (any Error).self, "\(entry.text("name"))") {
                try judge(entry["answer"])
            }
        }
    }
}
