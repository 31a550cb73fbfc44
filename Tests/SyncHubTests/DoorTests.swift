import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncHub

/// Who may ask how much, and how long. Protocol/errors.md 36 and 37.
@Suite struct DoorTests {
    private let nonce = String(repeating: "0", count: 32)
    private var changes: String { "/v1/changes?have=0&nonce=\(nonce)" }

    // MARK: Buckets

    @Test func bucket_emptied_fillsAgainAtItsRate() {
        let buckets = TokenBuckets<Int>(capacity: 3, perSecond: 2)
        let start = ContinuousClock.now
        for _ in 0..<3 { #expect(buckets.take(1, from: 1, at: start) == nil) }
        #expect(buckets.take(1, from: 1, at: start) == 0.5)
        #expect(buckets.take(1, from: 2, at: start) == nil)
        #expect(buckets.take(1, from: 1, at: start + .milliseconds(500)) == nil)
        #expect(buckets.take(3, from: 1, at: start + .seconds(60)) == nil)
    }

    /// Whoever asks under ever new names does not fill memory.
    @Test func buckets_manyKeys_areForgotten() {
        let buckets = TokenBuckets<Int>(capacity: 1, perSecond: 0.000_1, limit: 100)
        let start = ContinuousClock.now
        for key in 0..<10_000 {
            #expect(buckets.take(1, from: key, at: start + .milliseconds(key)) == nil)
        }
        // The newest is still known.
        #expect(buckets.take(1, from: 9_999, at: start + .seconds(11)) != nil)
        #expect(buckets.take(1, from: 0, at: start + .seconds(11)) == nil)
    }

    // MARK: Guesses

    @Test func wrongTokens_tenThousand_areToldToWaitAndTheDeviceIsServed() async throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        try await fixture.application().test(.router) { client in
            var codes: [String: Int] = [:]
            for index in 0..<10_000 {
                let headers = fixture.headers([.authorization: "Bearer guess-\(index)-0123456789"])
                try await client.execute(uri: changes, method: .get, headers: headers) {
                    codes[HubFixture.code($0.body) ?? "", default: 0] += 1
                    guard $0.status == .tooManyRequests else { return }
                    #expect(Int($0.headers[.retryAfter] ?? "") ?? 0 >= 1)
                }
            }
            #expect(codes.keys.sorted() == ["rate_limited", "token_unknown"])
            #expect(codes["token_unknown"] ?? 0 < 600)
            // Whoever has a token is not asked for it, also from that address.
            try await client.execute(
                uri: changes, method: .get, headers: fixture.headers()
            ) { #expect($0.status == .ok) }
        }
    }

    @Test func guesses_countByTheAddressThatAProxyNames() async throws {
        let gate = RequestGate()
        let wrong = WireError.tokenUnknown
        for _ in 0..<300 { #expect(gate.failed(wrong, from: "203.0.113.7").code == .tokenUnknown) }
        #expect(gate.failed(wrong, from: "203.0.113.7").code == .rateLimited)
        #expect(gate.failed(wrong, from: "203.0.113.8").code == .tokenUnknown)
        #expect(throws: WireError.self) { try gate.admit(stranger: "203.0.113.7", .join) }
        try gate.admit(stranger: "203.0.113.7", .about)
        // What is no guess costs nothing.
        for _ in 0..<1_000 {
            #expect(gate.failed(.numberAhead(next: 1), from: "x").code == .numberAhead)
        }
    }

    // MARK: Quotas

    @Test func quota_reached_pushIsRefusedUntilTheOperatorAllowsMore() throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let id = fixture.key.publicKey.deviceID
        try fixture.store.setQuota(of: id, changes: 2, bytes: nil)
        func push(_ batch: SealedBatch) -> WireAnswer {
            fixture.service.answer(
                WireRequest(.post, "/v1/batches", token: fixture.token, body: batch.envelope))
        }
        let first = try fixture.batch([
            HubFixture.change(1), HubFixture.change(2, stamp: HubFixture.now + 1),
        ])
        #expect(push(first).status == 200)
        let second = try fixture.batch(
            [HubFixture.change(3, stamp: HubFixture.now + 2)], number: 2, previous: first.hash)
        let refused = push(second)
        #expect(refused.status == 429)
        let error = try #require(WireError(encoded: refused.body, status: 429))
        #expect(error.code == .quotaReached)
        #expect(error.details["limit"]?.integer == 2)
        #expect(try fixture.store.facts().position == 3)
        // A repeat of what is there costs nothing.
        #expect(push(first).status == 200)
        try fixture.store.setQuota(of: id, changes: 3, bytes: nil)
        #expect(push(second).status == 200)
        let standing = try #require(try fixture.store.devices().first { $0.device.id == id })
        #expect(standing.delivery.changes == 3)
        #expect(standing.delivery.isOwn)
    }

    // MARK: Slow connections

    private func connection() throws -> EmbeddedChannel {
        let limits = ConnectionLimits(perAddress: 1, head: .seconds(20), body: .seconds(300))
        let channel = EmbeddedChannel(handler: RequestDeadline(limits))
        try channel.connect(to: SocketAddress(ipAddress: "203.0.113.7", port: 1)).wait()
        return channel
    }

    @Test func connection_thatAsksNothing_isClosed() throws {
        let channel = try connection()
        channel.embeddedEventLoop.advanceTime(by: .seconds(19))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!channel.isActive)
    }

    @Test func request_whoseBodyDripsIn_isClosed() throws {
        let channel = try connection()
        let head = HTTPRequest(method: .post, scheme: "http", authority: "hub", path: "/v1/batches")
        try channel.writeInbound(HTTPRequestPart.head(head))
        for _ in 0..<29 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(10))
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x")))
        }
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(11))
        #expect(!channel.isActive)
    }

    @Test func request_thatIsWhole_leavesTheConnectionOpen() throws {
        let channel = try connection()
        let head = HTTPRequest(method: .get, scheme: "http", authority: "hub", path: "/v1")
        try channel.writeInbound(HTTPRequestPart.head(head))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .seconds(3_600))
        #expect(channel.isActive)
    }

    /// The second head of a connection may not drip in either: for the server it is never idle.
    @Test func nextRequest_thatDoesNotCome_isClosed() throws {
        let channel = try connection()
        let head = HTTPRequest(method: .get, scheme: "http", authority: "hub", path: "/v1")
        for _ in 0..<3 {
            try channel.writeInbound(HTTPRequestPart.head(head))
            try channel.writeInbound(HTTPRequestPart.end(nil))
            channel.embeddedEventLoop.advanceTime(by: .seconds(3_600))
            try channel.writeOutbound(HTTPResponsePart.end(nil))
            channel.embeddedEventLoop.advanceTime(by: .seconds(89))
            #expect(channel.isActive)
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!channel.isActive)
    }

    /// A client that asks before it is answered: what is on its way is not cut.
    @Test func pipelinedRequest_isNotCutWhileItIsAnswered() throws {
        let channel = try connection()
        let head = HTTPRequest(method: .get, scheme: "http", authority: "hub", path: "/v1/live")
        for _ in 0..<2 {
            try channel.writeInbound(HTTPRequestPart.head(head))
            try channel.writeInbound(HTTPRequestPart.end(nil))
        }
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .seconds(3_600))
        #expect(channel.isActive)
    }

    /// The answer to one request does not give the next one's body more time.
    @Test func pipelinedRequest_whoseBodyDripsIn_isClosed() throws {
        let channel = try connection()
        let head = HTTPRequest(method: .post, scheme: "http", authority: "hub", path: "/v1/batches")
        try channel.writeInbound(HTTPRequestPart.head(head))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try channel.writeInbound(HTTPRequestPart.head(head))
        channel.embeddedEventLoop.advanceTime(by: .seconds(200))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x")))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(101))
        #expect(!channel.isActive)
    }

    /// Whoever has one IPv6 address has 2⁶⁴ of them.
    @Test(arguments: [
        ("203.0.113.7", "203.0.113.7", false), ("::ffff:203.0.113.7", "203.0.113.7", false),
        ("2001:db8:0:1:aaaa::1", "2001:db8:0:1::/64", false),
        ("2001:db8:0:1::2", "2001:db8:0:1::/64", false),
        ("2001:db8:0:2::2", "2001:db8:0:2::/64", false), ("127.0.0.9", "127.0.0.9", true),
        ("::1", "0:0:0:0::/64", true), ("::ffff:127.0.0.1", "127.0.0.1", true),
    ])
    func address_isCountedByItsNetwork(text: String, network: String, isLoopback: Bool) throws {
        let address = try #require(ClientAddress(text))
        #expect(address.network == network)
        #expect(address.isLoopback == isLoopback)
    }

    @Test func text_thatIsNoAddress_isNone() {
        for text in ["", "unknown", "203.0.113.7:80", "a b"] { #expect(ClientAddress(text) == nil) }
    }

    @Test func connections_ofOneAddress_areCounted() {
        let counts = ConnectionCounts()
        #expect(counts.open("203.0.113.7", limit: 2))
        #expect(counts.open("203.0.113.7", limit: 2))
        #expect(!counts.open("203.0.113.7", limit: 2))
        #expect(counts.open("203.0.113.8", limit: 2))
        counts.close("203.0.113.7")
        #expect(counts.open("203.0.113.7", limit: 2))
    }

    // MARK: Roles and routes

    /// Every call, asked by everybody: who is let in, and what the others are told.
    @Test func everyCall_byEveryRole_isAllowedOrRefusedAsTheTableSays() throws {
        let forAuditors: Set<HubCall> = [.journal]
        let forEverybody: Set<HubCall> = [.about, .join, .keys]
        for role in [Role.lead, .operator, .auditor] {
            for isRevoked in [false, true] {
                let fixture = try HubFixture()
                _ = try fixture.join(role: role)
                if isRevoked {
                    _ = try fixture.store.setRevoked(true, device: fixture.key.publicKey.deviceID)
                }
                for call in HubCall.allCases where call != .live {
                    let method: WireRequest.Method = call.method
                    let query = Self.query(call, fixture)
                    let answer = fixture.service.answer(
                        WireRequest(
                            method, call.path, query: query, token: fixture.token,
                            body: Array("{}".utf8)))
                    let code = WireError(encoded: answer.body, status: answer.status)?.code
                    let place = "\(role) \(isRevoked) \(call)"
                    if isRevoked, !forEverybody.contains(call) {
                        #expect(code == .deviceRevoked, "\(place)")
                    } else if forAuditors.contains(call), role != .auditor {
                        #expect(code == .roleForbidden, "\(place)")
                    } else if method == .get {
                        #expect(answer.status == 200, "\(place) \(String(describing: code))")
                    } else {
                        // Let in; the empty body is what is wrong.
                        #expect(code == .fieldMissing, "\(place)")
                    }
                    let stranger = fixture.service.answer(
                        WireRequest(method, call.path, query: query, body: Array("{}".utf8)))
                    let own = WireError(encoded: stranger.body, status: stranger.status)?.code
                    #expect((own == .tokenMissing) == !forEverybody.contains(call), "\(place)")
                }
            }
        }
    }

    private static func query(
        _ call: HubCall, _ fixture: HubFixture
    ) -> [(name: String, value: String)] {
        let nonce = ("nonce", String(repeating: "0", count: 32))
        let id = fixture.key.publicKey.deviceID.hex
        return switch call {
        case .changes: [("have", "0"), nonce]
        case .digest: [("node", "top"), nonce]
        case .records: [("bucket", "0"), nonce]
        case .inclusion: [("positions", "1"), ("size", "1"), nonce]
        case .consistency: [("first", "1"), ("second", "1"), nonce]
        case .journal: [("from", "1"), nonce]
        case .deviceBatches: [("device", id), ("from", "1"), nonce]
        case .history: [("collection", "stops"), ("id", id), ("from", "1"), nonce]
        default: []
        }
    }
}
