import Gzip
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SyncCore
import SyncHub
import SyncProtocol
import TestSupport
import Testing

@Suite struct HubRouteTests {
    private let nonce = String(repeating: "0", count: 32)

    @Test func about_withoutToken_tellsVersionLimitsAndSpace() async throws {
        let fixture = try HubFixture()
        try await fixture.application().test(.router) { client in
            try await client.execute(uri: "/v1", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[HTTPField.Name("Sync-Protocol")!] == "1")
                let body = try JSONParser.parse(Array(response.body.readableBytesView))
                #expect(body["versions"] == [1])
                #expect(body["limits"]?["changes_per_batch"]?.integer == 1_000)
                #expect(body["name"]?.string == "南大街")
            }
        }
    }

    @Test func liveAndReady_workingHub_answer200() async throws {
        let fixture = try HubFixture()
        try await fixture.application().test(.router) { client in
            for path in ["/livez", "/readyz", "/metrics"] {
                try await client.execute(uri: path, method: .get) { response in
                    #expect(response.status == .ok, "\(path)")
                }
            }
        }
    }

    @Test func ready_clockBehindLastReceipt_answers503AndTakesNothing() async throws {
        let fixture = try HubFixture()
        #expect(try fixture.join().status == 200)
        let late = HubService(
            store: fixture.store,
            environment: Environment(
                nowMilliseconds: { HubFixture.now - 60_000 }, randomBytes: { _ in [] }))
        #expect(try late.unreadiness()?.code == .hubNotReady)
        let push = WireRequest(
            .post, "/v1/batches", token: fixture.token,
            body: try fixture.batch([HubFixture.change()]).envelope)
        #expect(late.answer(push).status == 503)
        #expect(fixture.service.answer(push).status == 200)
    }

    @Test func requests_wrongHeaders_getTheErrorOfTheTable() async throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let changes = "/v1/changes?have=0&nonce=\(nonce)"
        let cases: [(HTTPFields, String, HTTPRequest.Method, Int, String)] = [
            ([:], changes, .get, 426, "version_unsupported"),
            (
                fixture.headers([HTTPField.Name("Sync-Protocol")!: "2"]), changes, .get, 426,
                "version_unsupported"
            ),
            (fixture.headers([.authorization: "Basic x"]), changes, .get, 401, "token_missing"),
            (fixture.headers([.authorization: "Bearer x"]), changes, .get, 401, "token_unknown"),
            (fixture.headers(), "/v1/changes?have=0", .get, 400, "field_missing"),
            (
                fixture.headers(), "/v1/changes?have=x&nonce=\(nonce)", .get, 400,
                "parameter_invalid"
            ),
            (fixture.headers(), changes + "&cursor=zzz", .get, 410, "cursor_gone"),
            (
                fixture.headers(), changes + "&head=" + String(repeating: "a", count: 64), .get,
                409, "head_unknown"
            ),
            (fixture.headers(), "/v1/nothing", .get, 404, "not_found"),
            (fixture.headers(), "/v1/history", .get, 400, "field_missing"),
            (
                fixture.headers([.contentType: "text/plain"]), "/v1/batches", .post, 415,
                "content_type_unsupported"
            ),
            (
                fixture.headers([.contentEncoding: "br"]), "/v1/batches", .post, 415,
                "encoding_unsupported"
            ),
            (fixture.headers(), "/v1/batches", .post, 400, "json_malformed"),
        ]
        try await fixture.application().test(.router) { client in
            for (headers, uri, method, status, code) in cases {
                try await client.execute(uri: uri, method: method, headers: headers) { response in
                    #expect(response.status.code == status, "\(code)")
                    #expect(HubFixture.code(response.body) == code)
                }
            }
        }
    }

    @Test func push_gzipBomb_isRefusedBeforeItIsUnpacked() async throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let bomb = Gzip.compress([UInt8](repeating: 0x20, count: 64 << 20))
        try await post(fixture, bomb, [.contentEncoding: "gzip"], 413, "unpacked_too_large")
    }

    @Test func push_bodyOverOneMebibyte_isRefused() async throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let body = [UInt8](repeating: 0x20, count: Limits.bodyBytes + 1)
        try await post(fixture, body, [:], 413, "body_too_large")
    }

    @Test func push_deepJSON_isRefusedWithoutHarm() async throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let deep = #"{"batch":"# + String(repeating: "[", count: 100_000)
        try await post(fixture, Array(deep.utf8), [:], 400, "json_too_deep")
    }

    private func post(
        _ fixture: HubFixture, _ body: [UInt8], _ headers: [HTTPField.Name: String],
        _ status: Int, _ code: String
    ) async throws {
        try await fixture.application().test(.router) { client in
            try await client.execute(
                uri: "/v1/batches", method: .post, headers: fixture.headers(headers),
                body: ByteBuffer(bytes: body)
            ) { response in
                #expect(response.status.code == status)
                #expect(HubFixture.code(response.body) == code)
            }
        }
    }

    @Test func pull_acceptsGzip_comesCompressedAndVerifies() async throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let hub = HubIdentity(
            key: try fixture.store.facts().hubKey, space: try fixture.store.facts().space)
        try await fixture.application().test(.router) { client in
            try await client.execute(
                uri: "/v1/changes?have=0&nonce=\(nonce)", method: .get,
                headers: fixture.headers([.acceptEncoding: "gzip"])
            ) { response in
                #expect(response.headers[.contentEncoding] == "gzip")
                let body = try Gzip.decompress(
                    Array(response.body.readableBytesView), limit: Limits.unpackedBytes)
                let message = try PageMessage(encoded: body)
                try message.verify(
                    nonce: try #require(ID128(hex: nonce)),
                    device: fixture.key.publicKey.deviceID, hub: hub)
            }
        }
    }
}
