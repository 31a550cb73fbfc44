import SyncCore
import TestSupport
import Testing

@testable import SyncProtocol

/// Reads keys.json. Source: Protocol/README.md §16.
@Suite struct KeysVectorTests {
    private let file: JSONValue

    init() throws { file = try Vectors.file("keys") }

    private func succession(_ value: JSONValue?) throws -> KeySuccession {
        try KeySuccession(encoded: CanonicalJSON.bytes(value ?? .null))
    }

    private func identity(_ value: JSONValue, keys name: String) throws -> HubIdentity {
        let key = try #require(PublicKey(hex: value.text("key")))
        let space = try #require(SpaceID(hex: value.text("space")))
        return try #require(
            HubIdentity(key: key, space: space, succession: succession(value[name])))
    }

    @Test func successions_areReadOrRefused() throws {
        #expect(file.items("accept").count == 4)
        for item in file.items("accept") {
            let read = try succession(item["keys"])
            #expect(read.encoded == CanonicalJSON.bytes(item["keys"] ?? .null))
        }
        #expect(file.items("refused").count == 12)
        for item in file.items("refused") {
            #expect(throws: (any Error).self, "\(item.text("name"))") {
                try succession(item["keys"])
            }
        }
    }

    @Test func shownSuccessions_areFollowedOrNot() throws {
        #expect(file.items("follows").count == 10)
        for item in file.items("follows") {
            let known = try identity(item, keys: "known")
            let shown = try succession(item["shown"])
            let then = known.following(shown) ?? known.completed(by: shown) ?? known
            #expect(then.key.hex == item["then"]?.text("key"), "\(item.text("name"))")
            let keys = try succession(item["then"]?["keys"])
            #expect(then.succession == keys, "\(item.text("name"))")
        }
    }

    @Test func heads_areGoodByTheKeyOfTheirTime() throws {
        let heads = try #require(file["heads"])
        let hub = try identity(heads, keys: "keys")
        #expect(heads.items("cases").count == 7)
        for item in heads.items("cases") {
            let head = try SignedHead(item["head"])
            #expect(hub.vouches(for: head) == (item["good"] == true), "\(item.text("name"))")
        }
    }
}
