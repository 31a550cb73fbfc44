import SyncCore
import SyncProtocol
import TestSupport
import Testing

/// The lines of a bundle and what is signed in them. Source: Protocol/README.md §13.
@Suite struct BundleVectorTests {
    private let file: JSONValue

    init() throws { file = try Vectors.file("bundle") }

    private func key(_ entry: JSONValue) throws -> SigningKey {
        let seed = try #require(Hex.bytes(entry.text("seed")))
        return try #require(SigningKey(seed: seed))
    }

    private func item(_ value: JSONValue?) throws -> BundleItem {
        try #require(BundleItem(line: CanonicalJSON.bytes(value ?? .null)))
    }

    @Test func pulls_madeAndRead_areTheVectors() throws {
        for entry in file.items("pulls") {
            let asked = try #require(entry["asked"])
            let key = try key(entry)
            let pull = SignedPull(
                cursor: asked["cursor"]?.string, have: asked.number("have"),
                head: asked["head"]?.string.flatMap { ID128(hex: $0) },
                madeAt: asked.number("made_at"),
                nonce: try #require(ID128(hex: asked.text("nonce"))),
                space: try #require(ID128(hex: asked.text("space"))), key: key)
            #expect(pull.encoded == CanonicalJSON.bytes(entry["message"] ?? .null))
            let read = try SignedPull(encoded: pull.encoded)
            #expect(read == pull)
            #expect(read.isSigned(by: key.publicKey))
            #expect(!read.isSigned(by: SigningKey().publicKey))
        }
    }

    @Test func items_names_areTheVectors() throws {
        let named = try #require(file["item"])
        #expect(try item(named["item"]).hash.hex == named.text("hash"))
    }

    @Test func pages_followingNonces_areTheVectors() throws {
        for entry in file.items("pages") {
            let page = CanonicalJSON.bytes(entry["page"] ?? .null)
            let signature = String(repeating: "0", count: 128)
            let message = try PageMessage(
                encoded: Array(#"{"page":"#.utf8) + page
                    + Array(#","records":[],"signature":"\#(signature)"}"#.utf8))
            #expect(message.followingNonce.hex == entry.text("following_nonce"))
        }
    }

    @Test func refusals_madeAndRead_areTheVectors() throws {
        for entry in file.items("refusals") {
            let message = CanonicalJSON.bytes(entry["message"] ?? .null)
            let status = Int(entry.number("status"))
            let error = try #require(WireError(json: entry["error"] ?? .null, status: status))
            let read = try SignedRefusal(encoded: message)
            let hub = HubIdentity(key: try key(entry).publicKey, space: read.space)
            #expect(read.isSigned(by: hub))
            let made = SignedRefusal(
                of: try item(entry["item"]),
                from: try #require(ID128(hex: entry.text("device"))), error: error,
                space: read.space, key: try key(entry))
            #expect(made.encoded == message)
            #expect(read.error == error && read.kind == .push && read.item == made.item)
            let other = HubIdentity(key: SigningKey().publicKey, space: read.space)
            #expect(!read.isSigned(by: other))
        }
    }

    @Test func files_accepted_readInPiecesAndWrittenAgain() throws {
        for entry in file["files"]?.items("accept") ?? [] {
            let bytes = Array(entry.text("text").utf8)
            for size in [1, 7, bytes.count] {
                var reader = BundleLineReader()
                var items: [BundleItem] = []
                for start in stride(from: 0, to: bytes.count, by: size) {
                    let piece = Array(bytes[start..<min(start + size, bytes.count)])
                    try reader.take(piece) { items.append($0) }
                }
                try reader.finish()
                #expect(items.count == Int(entry.number("known")), "\(entry.text("name"))")
                #expect(reader.itemCount == entry.items("items").count)
                guard reader.unknownCount == 0 else { continue }
                var writer = BundleLineWriter()
                var again = writer.begin(try #require(reader.header))
                for item in items { again += try writer.add(item) }
                #expect(again + writer.end() == bytes)
            }
        }
    }

    @Test func files_refused_forTheReasonNamed() throws {
        let wanted = ["not_a_bundle", "too_new", "truncated", "damaged"]
        for entry in file["files"]?.items("refused") ?? [] {
            let fault = #expect(throws: BundleFault.self) {
                var reader = BundleLineReader()
                try reader.take(Array(entry.text("text").utf8)) { _ in }
                try reader.finish()
            }
            let found =
                switch fault {
                case .notABundle: wanted[0]
                case .tooNew: wanted[1]
                case .truncated: wanted[2]
                case .damaged: wanted[3]
                case .tooLarge, nil: ""
                }
            #expect(found == entry.text("check"), "\(entry.text("name"))")
        }
    }

    @Test func line_longerThanTheLimit_refusedBeforeItIsWhole() throws {
        var reader = BundleLineReader()
        let piece = [UInt8](repeating: 0x20, count: 1 << 20)
        for _ in 0..<8 { try reader.take(piece) { _ in } }
        #expect(throws: BundleFault.tooLarge) { try reader.take([0x20]) { _ in } }
    }
}
