public import SyncCore
public import SyncProtocol
import SyncStore

/// The calls of the protocol, without a transport: a request in, an answer out.
///
/// Safe to call from any number of threads. A call blocks while the store works.
public struct HubService: Sendable {
    /// How far the wall clock may be behind the last receipt before the hub is not ready, in
    /// milliseconds: time daemons step by less.
    public static let clockToleranceMilliseconds: Int64 = 1_000

    private let store: any HubStore
    private let key: SigningKey
    private let environment: Environment
    private let pageBytes: Int

    /// - Parameter pageBytes: what a page aims at; smaller ones are for tests.
    public init(
        store: any HubStore, key: SigningKey, environment: Environment,
        pageBytes: Int = Limits.pageBytes
    ) {
        self.store = store
        self.key = key
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
        let device = call.needsToken ? try authenticate(token) : nil
        if call.writes, let problem = try unreadiness() { throw problem }
        return device
    }

    /// Carries out a call that was admitted.
    func run(_ call: HubCall, _ request: WireRequest, for device: EnrolledDevice?) throws -> [UInt8]
    {
        switch (call, device) {
        case (.about, _): try about()
        case (.join, _): try join(request)
        case (.changes, let device?): try changes(request, device)
        case (.batches, let device?): try push(request, device)
        case (.digest, let device?): try digest(request, device)
        case (.records, let device?): try records(request, device)
        case (_, nil): throw WireError.tokenMissing
        }
    }

    /// Nil when the hub can take batches; else why not.
    public func unreadiness() throws -> WireError? {
        let behind = try store.facts().lastReceivedAt - environment.nowMilliseconds()
        guard behind > Self.clockToleranceMilliseconds else { return nil }
        return WireError(
            .hubNotReady, message: "the hub's clock is behind its last receipt",
            mend: "set the hub's clock; try again later",
            details: ["behind_ms": .number(Double(behind))])
    }

    // MARK: Who asks

    private func authenticate(_ token: String?) throws -> EnrolledDevice {
        guard let token, !token.isEmpty else { throw WireError.tokenMissing }
        guard let device = try store.device(tokenHash: .sha256(Array(token.utf8))) else {
            throw WireError.tokenUnknown
        }
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

    private static let limits: JSONValue = [
        "body_bytes": JSONValue(Limits.bodyBytes),
        "unpacked_bytes": JSONValue(Limits.unpackedBytes),
        "unpacked_ratio": JSONValue(Limits.unpackedRatio),
        "changes_per_batch": JSONValue(Limits.changesPerBatch),
        "change_bytes": JSONValue(Limits.changeBytes),
        "fields_per_change": JSONValue(Limits.fieldsPerChange),
        "text_bytes": JSONValue(Limits.textBytes),
        "json_depth": JSONValue(Limits.jsonDepth),
    ]

    private func join(_ request: WireRequest) throws -> [UInt8] {
        let join = try BodyReading.read(request.body) { try JoinRequest(encoded: request.body) }
        guard try store.facts().space == join.space else { throw WireError.space }
        guard join.isSigned else { throw WireError.signature("join") }
        return try store.enrol(join).encoded
    }

    private func changes(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let query = try PageQuery(request, device: device.id, pageBytes: pageBytes)
        let page = try store.page(query)
        do { try store.noteSeen(device.id) } catch let error as StoreError {
            // A full or busy disk must not hinder reading: the visit just is not noted.
            guard [.diskFull, .readOnly, .locked].contains(error.kind) else { throw error }
        }
        return page.encoded
    }

    private func push(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let batch = try BodyReading.read(request.body) { try SealedBatch(envelope: request.body) }
        guard batch.device == device.id else { throw WireError.batchOfAnother(role: device.role) }
        guard try store.facts().space == batch.space else { throw WireError.space }
        guard device.key.verifies(batch.signature, .batch, batch.bytes) else {
            throw WireError.signature("batch")
        }
        return try store.append(batch).encoded
    }

    private func digest(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let nonce = try request.requiredID("nonce")
        let name = try request.required("node")
        let node =
            name == "top" ? nil : try request.integer("node", in: 0...Int64(DigestTree.fanout - 1))
        let (children, head) = try store.digest(node: node.map { Int($0) })
        var signed = Array(#"{"children":["#.utf8)
        signed += children.map { "\"\($0.hex)\"" }.joined(separator: ",").utf8
        signed += #"],"device":"\#(device.id.hex)","head":"#.utf8
        signed += head.encoded
        signed += #","node":"\#(name)","nonce":"\#(nonce.hex)"}"#.utf8
        return Self.envelope("digest", signed, [], key.sign(.digest, signed))
    }

    private func records(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let nonce = try request.requiredID("nonce")
        let bucket = try request.integer("bucket", in: 0...Int64(DigestTree.bucketCount - 1))
        let (records, head) = try store.bucket(Int(bucket))
        var signed = Array(#"{"bucket":\#(bucket),"device":"\#(device.id.hex)","head":"#.utf8)
        signed += head.encoded
        let hash = MessageKind.records.hash(records)
        signed += #","nonce":"\#(nonce.hex)","records":"\#(hash.hex)"}"#.utf8
        let list = Array(#","records":"#.utf8) + records
        return Self.envelope("bucket", signed, list, key.sign(.bucket, signed))
    }

    /// `{"NAME":SIGNED…,"signature":"…"}`.
    private static func envelope(
        _ name: String, _ signed: [UInt8], _ further: [UInt8], _ signature: Signature
    ) -> [UInt8] {
        var out = Array(#"{"\#(name)":"#.utf8)
        out += signed
        out += further
        out += #","signature":"\#(signature.hex)"}"#.utf8
        return out
    }
}
