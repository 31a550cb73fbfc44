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
            return WireAnswer(status: 200, body: try dispatch(request))
        } catch let error as WireError {
            return WireAnswer(status: error.code.status, body: error.encoded)
        } catch {
            onFailure(error)
            let wire = WireError(storage: error)
            return WireAnswer(status: wire.code.status, body: wire.encoded)
        }
    }

    private func dispatch(_ request: WireRequest) throws -> [UInt8] {
        let call = try Call(request)
        switch call {
        case .about: return try about()
        case .join: return try join(request)
        case .changes: return try changes(request)
        case .batches: return try push(request)
        case .digest: return try digest(request)
        case .records: return try records(request)
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

    private func authenticate(_ request: WireRequest) throws -> EnrolledDevice {
        guard let token = request.token, !token.isEmpty else { throw WireError.tokenMissing }
        guard let device = try store.device(tokenHash: .sha256(Array(token.utf8))) else {
            throw WireError.tokenUnknown
        }
        guard !device.isRevoked else { throw WireError.deviceRevoked }
        return device
    }

    // MARK: Calls

    private func about() throws -> [UInt8] {
        let facts = try store.facts()
        return CanonicalJSON.bytes([
            "hub": .string(facts.hubKey.hex), "limits": Self.limits, "name": .string(facts.name),
            "serves": ["batches", "changes", "devices", "digest", "records"],
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
        let join = try Self.decoding(request.body) { try JoinRequest(encoded: request.body) }
        guard join.isSigned else { throw WireError.signature }
        if let problem = try unreadiness() { throw problem }
        return try store.enrol(join).encoded
    }

    private func changes(_ request: WireRequest) throws -> [UInt8] {
        let device = try authenticate(request)
        let query = try PageQuery(request, device: device.id, pageBytes: pageBytes)
        let page = try store.page(query)
        do { try store.noteSeen(device.id) } catch let error as StoreError {
            // A full or busy disk must not hinder reading: the visit just is not noted.
            guard [.diskFull, .readOnly, .locked].contains(error.kind) else { throw error }
        }
        return page.encoded
    }

    private func push(_ request: WireRequest) throws -> [UInt8] {
        let device = try authenticate(request)
        let batch = try Self.decoding(request.body) { try SealedBatch(envelope: request.body) }
        guard batch.device == device.id else { throw WireError.batchOfAnother }
        guard device.key.verifies(batch.signature, .batch, batch.bytes) else {
            throw WireError.signature
        }
        if let problem = try unreadiness() { throw problem }
        return try store.append(batch).encoded
    }

    private func digest(_ request: WireRequest) throws -> [UInt8] {
        let device = try authenticate(request)
        let nonce = try request.requiredID("nonce")
        let name = request[query: "node"] ?? ""
        let node = Int(name)
        guard name == "top" || (node.map { 0..<DigestTree.fanout ~= $0 } ?? false) else {
            throw WireError.parameter("node")
        }
        let (children, head) = try store.digest(node: node)
        var signed = Array(#"{"children":["#.utf8)
        signed += children.map { "\"\($0.hex)\"" }.joined(separator: ",").utf8
        signed += #"],"device":"\#(device.id.hex)","head":"#.utf8
        signed += head.encoded
        signed += #","node":"\#(name)","nonce":"\#(nonce.hex)"}"#.utf8
        return Self.envelope("digest", signed, [], key.sign(.digest, signed))
    }

    private func records(_ request: WireRequest) throws -> [UInt8] {
        let device = try authenticate(request)
        let nonce = try request.requiredID("nonce")
        guard let bucket = request[query: "bucket"].flatMap({ Int($0) }),
            0..<DigestTree.bucketCount ~= bucket
        else { throw WireError.parameter("bucket") }
        let (records, head) = try store.bucket(bucket)
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

    /// Reads a body, and says in the words of Protocol/errors.md why it could not be read.
    private static func decoding<T>(_ body: [UInt8], _ read: () throws -> T) throws -> T {
        do { return try read() } catch let error as JSONError {
            if let tree = try? JSONParser.parse(body), tree.object == nil {
                throw WireError.missing("object")
            }
            throw WireError(json: error)
        } catch let fault as MessageFault {
            throw WireError.missing("\(fault.message).\(fault.member)")
        } catch let fault as BatchFault {
            if let error = notCanonical(body) { throw WireError(json: error) }
            throw WireError(batch: fault)
        }
    }

    /// Why the body's batch is not canonical JSON; nil if it is, and only its content is wrong.
    private static func notCanonical(_ body: [UInt8]) -> JSONError? {
        do {
            _ = try JSONParser.parse(body)
            guard let batch = try Envelope(body).slice("batch") else { return nil }
            try batch.withUnsafeBytes { buffer in
                var reader = CanonicalReader(buffer)
                _ = try reader.readValue()
                try reader.end()
            }
            return nil
        } catch { return error as? JSONError }
    }
}

/// The calls that this hub serves.
private enum Call {
    case about, join, changes, batches, digest, records

    /// Calls that are fixed in version 1 and come later.
    private static let later: Set<String> = [
        "/v1/heads", "/v1/journal", "/v1/proof/inclusion", "/v1/proof/consistency", "/v1/history",
    ]

    init(_ request: WireRequest) throws {
        switch (request.method, request.path) {
        case (.get, "/v1"): self = .about
        case (.post, "/v1/devices"): self = .join
        case (.get, "/v1/changes"): self = .changes
        case (.post, "/v1/batches"): self = .batches
        case (.get, "/v1/digest"): self = .digest
        case (.get, "/v1/records"): self = .records
        case (.get, "/v1/batches"): throw WireError.notServed
        case (_, "/v1"), (_, "/v1/devices"), (_, "/v1/changes"), (_, "/v1/batches"),
            (_, "/v1/digest"), (_, "/v1/records"):
            throw WireError.method
        default: throw Self.later.contains(request.path) ? WireError.notServed : .noCall
        }
    }
}
