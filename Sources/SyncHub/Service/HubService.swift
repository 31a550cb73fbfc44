public import SyncCore
public import SyncProtocol
import SyncStore
import Synchronization

/// The calls of the protocol, without a transport: a request in, an answer out.
///
/// Safe to call from any number of threads. A call blocks while the store works.
public struct HubService: Sendable {
    /// How far the wall clock may be behind the last receipt before the hub is not ready, in
    /// milliseconds: time daemons step by less.
    public static let clockToleranceMilliseconds: Int64 = 1_000

    let store: any HubStore
    let environment: Environment
    let pageBytes: Int
    /// A store's space never becomes another one: it is asked once.
    private let space = KnownSpace()

    /// - Parameter pageBytes: what a page aims at; smaller ones are for tests.
    public init(
        store: any HubStore, environment: Environment,
        pageBytes: Int = Limits.pageBytes
    ) {
        self.store = store
        self.environment = environment
        self.pageBytes = pageBytes
    }

    /// Answers one request. Never throws: what goes wrong is an answer too.
    ///
    /// - Parameter onFailure: is told of faults that are not the client's.
    public func answer(
        _ request: WireRequest, onFailure: (any Error) -> Void = { _ in }
    ) -> WireAnswer {
        do {
            let call = try HubCall(path: request.path, method: request.method.rawValue)
            let device = try admit(call, token: request.token)
            return WireAnswer(status: 200, body: try run(call, request, for: device))
        } catch {
            return Self.answer(to: error, onFailure: onFailure)
        }
    }

    /// A fault as an answer.
    static func answer(
        to error: any Error, onFailure: (any Error) -> Void = { _ in }
    ) -> WireAnswer {
        if let error = error as? WireError {
            return WireAnswer(status: error.code.status, body: error.encoded)
        }
        onFailure(error)
        let wire = WireError(storage: error)
        return WireAnswer(status: wire.code.status, body: wire.encoded)
    }

    /// Checks who asks, and whether the hub can do what is asked now: before any body is read.
    ///
    /// - Returns: the device of the token; nil for calls that need none.
    func admit(_ call: HubCall, token: String?) throws -> EnrolledDevice? {
        guard call.writes else { return call.needsToken ? try authenticate(token) : nil }
        guard call.needsToken else {
            if let problem = try unreadiness() { throw problem }
            return nil
        }
        let (found, facts) = try store.admission(tokenHash: Self.hash(of: token))
        let device = try Self.admitted(found)
        if let problem = unreadiness(facts) { throw problem }
        return device
    }

    /// Carries out a call that was admitted.
    func run(_ call: HubCall, _ request: WireRequest, for device: EnrolledDevice?) throws -> [UInt8]
    {
        switch (call, device) {
        case (.about, _): try about()
        case (.keys, _): try keys()
        case (.join, _): try join(request)
        case (.changes, let device?): try changes(request, device)
        case (.batches, let device?): try push(request, device)
        case (.digest, let device?): try digest(request, device)
        case (.records, let device?): try records(request, device)
        case (.inclusion, let device?): try inclusion(request, device)
        case (.consistency, let device?): try consistency(request, device)
        case (.journal, let device?): try journal(request, device)
        case (.heads, let device?): try heads(request, device)
        case (.deviceBatches, let device?): try deviceBatches(request, device)
        case (.named, let device?): try named(request, device)
        case (.history, let device?): try history(request, device)
        // A stream, which only a network carries.
        case (.live, _): throw WireError.noCall(path: call.path)
        case (_, nil): throw WireError.tokenMissing
        }
    }

    /// Nil when the hub can take batches; else why not.
    public func unreadiness() throws -> WireError? {
        unreadiness(try store.facts())
    }

    private func unreadiness(_ facts: HubFacts) -> WireError? {
        if let split = facts.split { return WireError.split(split.head) }
        let behind = facts.lastReceivedAt - environment.nowMilliseconds()
        guard behind > Self.clockToleranceMilliseconds else { return nil }
        return WireError(
            .hubNotReady, message: "the hub's clock is behind its last receipt",
            mend: "set the hub's clock; try again later",
            details: ["behind_ms": .number(Double(behind))])
    }

    // MARK: Who asks

    func authenticate(_ token: String?) throws -> EnrolledDevice {
        try Self.admitted(store.device(tokenHash: Self.hash(of: token)))
    }

    private static func hash(of token: String?) throws -> Hash256 {
        guard let token, !token.isEmpty else { throw WireError.tokenMissing }
        return .sha256(Array(token.utf8))
    }

    private static func admitted(_ device: EnrolledDevice?) throws -> EnrolledDevice {
        guard let device else { throw WireError.tokenUnknown }
        guard !device.isRevoked else { throw WireError.revoked(device.id) }
        return device
    }

    // MARK: Calls

    private func about() throws -> [UInt8] {
        let facts = try store.facts()
        return CanonicalJSON.bytes([
            "hub": .string(facts.hubKey.hex), "limits": Self.limits, "name": .string(facts.name),
            "serves": .array(HubCall.served.map { .string($0) }),
            "space": .string(facts.space.hex), "time_zone": .string(facts.timeZone),
            "versions": [1],
        ])
    }

    /// How the hub's key came to be the present one: signed by the keys themselves.
    private func keys() throws -> [UInt8] {
        Array(#"{"keys":"#.utf8) + (try store.facts().hub.succession.encoded)
            + Array("}".utf8)
    }

    private static let limits: JSONValue = [
        "body_bytes": JSONValue(Limits.bodyBytes),
        "unpacked_bytes": JSONValue(Limits.unpackedBytes),
        "unpacked_ratio": JSONValue(Limits.unpackedRatio),
        "changes_per_batch": JSONValue(Limits.changesPerBatch),
        "change_bytes": JSONValue(Limits.changeBytes),
        "record_bytes": JSONValue(Limits.recordBytes),
        "fields_per_change": JSONValue(Limits.fieldsPerChange),
        "text_bytes": JSONValue(Limits.textBytes),
        "json_depth": JSONValue(Limits.jsonDepth),
    ]

    private func join(_ request: WireRequest) throws -> [UInt8] {
        try enrol(BodyReading.read(request.body) { try JoinRequest(encoded: request.body) }).encoded
    }

    private func changes(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let query = try PageQuery(request, device: device.id, pageBytes: pageBytes)
        let visit = try DeviceVisit(request, now: environment.nowMilliseconds())
        return try page(query, visit).encoded
    }

    private func push(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        try store.append(verifiedPush(request, device)).encoded
    }

    /// The batch of a request, with every signature verified: what is left is to take it.
    func verifiedPush(_ request: WireRequest, _ device: EnrolledDevice) throws -> PushRequest {
        let check = BatchCheck(request.body, key: device.key)
        let push = try BodyReading.read(request.body) { try PushRequest(encoded: request.body) }
        guard push.batch.device == device.id else {
            throw WireError.batchOfAnother(role: device.role)
        }
        try verify(push, of: device, check)
        return push
    }

    // MARK: What calls and bundles share

    func enrol(_ join: JoinRequest) throws -> JoinAnswer {
        let facts = try store.facts()
        guard facts.space == join.space else { throw WireError.space }
        guard join.isSigned else { throw WireError.signature("join") }
        if case .enrolment(let answer) = join.ground {
            do { _ = try answer.verify(key: join.key, hub: facts.hub) } catch {
                throw WireError.signature("enrolment")
            }
        }
        return try store.enrol(join)
    }

    func page(_ query: PageQuery, _ visit: DeviceVisit = DeviceVisit()) throws -> PageMessage {
        let page = try store.page(query)
        var visit = visit
        if !page.page.more { visit.size = page.page.head.head.size }
        try note(query.device, visit)
        return page
    }

    /// Notes a visit. A full or busy disk must not hinder reading: the visit just is not noted.
    func note(_ device: DeviceID, _ visit: DeviceVisit = DeviceVisit()) throws {
        do { try store.noteSeen(device, visit) } catch let error as StoreError {
            guard [.diskFull, .readOnly, .locked].contains(error.kind) else { throw error }
        }
    }

    /// - Parameter device: the batch's, enrolled and not revoked.
    func take(_ push: PushRequest, of device: EnrolledDevice) throws -> Receipt {
        try verify(push, of: device)
        return try store.append(push)
    }

    private func verify(
        _ push: PushRequest, of device: EnrolledDevice, _ check: BatchCheck? = nil
    ) throws {
        let batch = push.batch
        guard try space.id(of: store) == batch.space else { throw WireError.space }
        let isSigned =
            if let check, check.isOf(batch) { check.isSigned } else {
                device.key.verifies(batch.signature, .batch, batch.bytes)
            }
        guard isSigned else { throw WireError.signature("batch") }
        try checkHealing(push)
    }

    /// What came with a batch of a lost history must be the hub's own.
    private func checkHealing(_ push: PushRequest) throws {
        guard push.batch.adopts != nil || push.earlier != nil || push.common != nil else { return }
        let hub = try store.facts().hub
        if let lost = push.batch.adopts {
            guard hub.vouches(for: lost) else { throw WireError.signature("head") }
            guard push.common != nil else { throw WireError.missing("common") }
        } else if let earlier = push.earlier {
            let isGenuine =
                (try? earlier.verify(batch: push.batch, hub: hub)) != nil
                && earlier.leaf.earlier == nil
            guard isGenuine else { throw WireError.signature("receipt") }
        }
        if let common = push.common ?? nil, !hub.vouches(for: common) {
            throw WireError.parameter("common")
        }
    }
}

/// The space of a store, once it was read.
private final class KnownSpace: Sendable {
    private let known = Mutex<SpaceID?>(nil)

    func id(of store: any HubStore) throws -> SpaceID {
        if let space = known.withLock({ $0 }) { return space }
        let space = try store.facts().space
        known.withLock { $0 = space }
        return space
    }
}
