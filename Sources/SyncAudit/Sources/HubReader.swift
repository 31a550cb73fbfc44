public import SyncClient
public import SyncCore
public import SyncProtocol

/// A hub that is asked over the network, at one signed head.
///
/// Every answer is checked: signed by the hub over this request, of the head that the walk began
/// at, and adding up to what that head's digest says (Protocol/README.md §8.6).
public actor HubReader: DigestSource {
    /// The hub's journal went on: the walk begins again.
    struct Moved: Error {}

    public nonisolated let name: String
    private let transport: any HubTransport
    private let access: HubAccess
    private let environment: Environment
    private let identity: HubIdentity
    private let collections: Set<String>?
    /// Whether the key was known before the hub was asked.
    nonisolated let isPinned: Bool
    private var head: SignedHead?
    private var hashes: [Int: Hash256] = [:]
    private var sums: [Int: Hash256] = [:]

    /// - Parameters:
    ///   - key: the hub's public key, if it is known; else the hub is believed.
    ///   - space: the space, if it is known.
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`.
    public init(
        name: String, transport: any HubTransport, access: HubAccess, key: PublicKey?,
        space: SpaceID?, collections: Set<String>?, environment: Environment
    ) async throws {
        self.name = name
        self.transport = transport
        self.access = access
        self.environment = environment
        self.collections = collections
        isPinned = key != nil
        if let key, let space {
            identity = HubIdentity(key: key, space: space)
            return
        }
        let answer = try JSONParser.parse(
            try await transport.send(WireRequest(.get, "/v1")).content())
        guard let named = key ?? answer["hub"]?.string.flatMap({ PublicKey(hex: $0) }),
            let itsSpace = space ?? answer["space"]?.string.flatMap({ SpaceID(hex: $0) })
        else { throw ForeignAnswer(.notThisProtocol, status: 200, detail: "hub, space") }
        identity = HubIdentity(key: named, space: itsSpace)
    }

    /// Forgets the head: the next answer names the one that the walk is at.
    func begin() {
        head = nil
        (hashes, sums) = ([:], [:])
    }

    /// What the hub says of itself, with the traffic so far.
    func facts() async -> SideFacts {
        var facts = SideFacts(name: name, kind: .address)
        facts.device = identity.hub
        facts.hubKey = identity.key
        facts.space = identity.space
        facts.head = head
        let traffic = await transport.traffic
        facts.bytesSent = traffic.sent
        facts.bytesReceived = traffic.received
        facts.roundTrips = traffic.roundTrips
        return facts
    }

    func children(of node: Int?) async throws -> [Hash256] {
        let nonce = environment.randomID()
        let body = try await ask(
            "/v1/digest", ("node", DigestAnswer.name(of: node)), nonce)
        let answer = try checked { try DigestAnswer(encoded: body) }
        try checked {
            try answer.verify(
                node: node, nonce: nonce, device: access.device ?? answer.part.device,
                hub: identity)
        }
        try take(answer.head)
        let hash = DigestTree.node(answer.children.flatMap(\.bytes))
        let expected = node.map { hashes[$0] } ?? answer.head.head.digest
        guard hash == expected else { throw contradiction("digest") }
        for (place, child) in answer.children.enumerated() {
            if let node {
                sums[node * DigestTree.fanout + place] = child
            } else {
                hashes[place] = child
            }
        }
        return answer.children
    }

    func records(of buckets: Set<Int>) async throws -> LoadedRows {
        var loaded = LoadedRows()
        for bucket in buckets.sorted() {
            let sum = try await sum(of: bucket)
            let nonce = environment.randomID()
            let body = try await ask("/v1/records", ("bucket", String(bucket)), nonce)
            let answer = try checked { try BucketAnswer(encoded: body) }
            try checked {
                try answer.verify(
                    bucket: bucket, nonce: nonce, device: access.device ?? answer.part.device,
                    hub: identity)
            }
            try take(answer.head)
            guard answer.addsUp(to: sum) else { throw contradiction("bucket") }
            try add(answer, to: &loaded)
        }
        return loaded
    }

    private func sum(of bucket: Int) async throws -> Hash256 {
        if let known = sums[bucket] { return known }
        if hashes.isEmpty { _ = try await children(of: nil) }
        return try await children(of: bucket / DigestTree.fanout)[bucket % DigestTree.fanout]
    }

    private func add(_ answer: BucketAnswer, to loaded: inout LoadedRows) throws {
        try answer.records.withUnsafeBytes { buffer in
            for slice in try RecordListReader.read(buffer)
            where collections?.contains(slice.key.collection) ?? true {
                let fields = UnsafeRawBufferPointer(rebasing: buffer[slice.fields])
                let state = try RecordState(slice.key, fields: fields, clock: slice.clock)
                loaded.add(FoundRecord(state, position: slice.position))
            }
        }
    }

    private func take(_ new: SignedHead) throws {
        if let head, head != new { throw Moved() }
        head = new
    }

    private func ask(
        _ path: String, _ query: (String, String), _ nonce: ID128
    ) async throws -> [UInt8] {
        let request = WireRequest(
            .get, path, query: [query, ("nonce", nonce.hex)], token: access.token)
        return try await transport.send(request).content()
    }

    /// An answer that cannot be read or is not signed proves nothing.
    private func checked<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let fault as AnswerFault {
            throw contradiction(fault.rawValue)
        } catch is JSONError {
            throw contradiction("form")
        } catch is MessageFault { throw contradiction("form") }
    }

    private func contradiction(_ detail: String) -> DiffFault {
        DiffFault(.contradiction, name: name, detail: detail)
    }
}
