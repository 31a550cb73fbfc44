import Gzip
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport
import Testing

/// What releases said on the wire is understood, and answered as it was.
@Suite struct ReleasedTrafficTests {
    static let releases = ReleasedFiles.releases

    @Test(arguments: releases) func traffic_isAnsweredAsBefore(name: String) throws {
        let release = try ReleasedFiles(name)
        let (store, _) = try HubFolder(release.folder.file("hub")).open(environment: .system)
        let service = HubService(store: store, environment: .system)
        var counts: [String: Int] = [:]
        for exchange in try release.traffic() {
            let asked = try #require(exchange["request"])
            let said = try body(of: #require(exchange["answer"]))
            let path = try asked.text("path").prefix { $0 != "?" }
            let call = "\(try asked.text("method")) \(path)"
            counts[call, default: 0] += 1
            switch call {
            case "POST /v1/batches", "POST /v1/devices":
                let token = asked["headers"]?["Authorization"]?.string?.dropFirst("Bearer ".count)
                let request = WireRequest(
                    .post, String(path), token: token.map(String.init), body: try body(of: asked))
                let now = service.answer(request)
                #expect(now.status == 200)
                #expect(now.body == said, "\(call)")
            case "GET /v1/changes":
                let message = try PageMessage(encoded: said)
                #expect(try store.facts().hub.vouches(for: message.page.head))
            case "GET /v1/digest": _ = try DigestAnswer(encoded: said)
            default: break
            }
        }
        #expect(counts["POST /v1/devices"] == 2)
        #expect(counts["POST /v1/batches"] ?? 0 > 3)
        #expect(counts["GET /v1/changes"] ?? 0 > 3)
    }

    /// The body of a request or an answer, unpacked.
    private func body(of side: JSONValue) throws -> [UInt8] {
        let bytes = try #require(Hex.bytes(side.text("body")))
        guard side["headers"]?["Content-Encoding"]?.string == "gzip" else { return bytes }
        return try Gzip.decompress(bytes, limit: 8 << 20)
    }
}
