import Gzip
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport

/// A hub on a real file, and a device that speaks the wire by hand.
struct HubFixture {
    static let now: Int64 = 1_767_225_600_000

    let store: SQLHubStore
    let service: HubService
    let key = SigningKey()
    let token = "a-token-of-the-device-that-nobody-knows-but-us"
    private let folder = TestFolder()

    init(now: Int64 = Self.now) throws {
        let environment = Environment(
            nowMilliseconds: { now }, randomBytes: Environment.system.randomBytes)
        let hub = HubFolder(folder.file("hub"))
        let made = try hub.create(
            .init(
                name: "南大街", timeZone: "Asia/Shanghai", operatorCollections: ["points"],
                url: nil), environment: environment)
        try made.close()
        let opened = try hub.open(environment: environment)
        store = opened.store
        service = HubService(store: store, environment: environment)
    }

    /// The hub as it would be served, without a socket.
    func application() throws -> some ApplicationProtocol {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return try buildHubApplication(
            service: service, store: store,
            options: HubServerOptions(HubListener(host: "127.0.0.1", port: 0)), logger: logger)
    }

    func join(role: Role = .lead) throws -> WireAnswer {
        let invite = try store.invite(
            name: "device", role: role, expires: Self.now + 1_000, url: nil)
        let request = JoinRequest(
            invite: invite, token: .sha256(Array(token.utf8)), key: key)
        return service.answer(WireRequest(.post, "/v1/devices", body: request.encoded))
    }

    func batch(_ changes: [Change], number: Int64 = 1, previous: Hash256 = .zero) throws
        -> SealedBatch
    {
        try BatchBuilder.seal(
            changes: Array(
                changes.map(\.canonicalBytes).joined(separator: [UInt8(ascii: ",")])),
            header: .init(
                space: try store.facts().space, number: number, previous: previous,
                sealedAt: Self.now), key: key)
    }

    static func change(_ low: UInt64 = 1, stamp: Int64 = now) -> Change {
        Change(
            RecordKey("stops", .init(high: 1, low: low)),
            set: [.init("note", CanonicalValue("x"))], stamp: StampTime(milliseconds: stamp))
    }

    func headers(_ more: [HTTPField.Name: String] = [:]) -> HTTPFields {
        var headers: HTTPFields = [
            .authorization: "Bearer \(token)", .contentType: "application/json",
        ]
        headers[HTTPField.Name("Sync-Protocol")!] = "1"
        for (name, value) in more { headers[name] = value }
        return headers
    }

    static func code(_ body: ByteBuffer) -> String? {
        (try? JSONParser.parse(Array(body.readableBytesView)))?["error"]?["code"]?.string
    }
}
