public import SyncClient
public import SyncCore
public import SyncProtocol
import SyncStore

/// A hub that is asked over the network, at one signed head.
///
/// Every answer is checked: signed by the hub over this request, of the head that the walk began
/// at. What it is asked for is a choice: the pages that a device that joins is served, which are
/// then the records that are compared; or only those parts of the digest that differ, each of which
/// must add up to what the head's digest says (Protocol/README.md §8.3, §8.6). The second moves
/// little and believes that the hub serves what its digest speaks of.
public actor HubReader: DigestSource {
    /// What a hub is asked for.
    public enum Asking: Sendable { case pages, digest }

    /// The hub's journal went on: the walk begins again.
    struct Moved: Error {}

    public nonisolated let name: String
    private let transport: any HubTransport
    private let access: HubAccess
    private let environment: Environment
    private var identity: HubIdentity
    /// Whether the hub was asked for the keys that it had: once, where a signature is not the one
    /// that is known.
    private var hasAskedForKeys = false
    private let collections: Set<String>?
    nonisolated let asking: Asking
    /// Whether the key was known before the hub was asked.
    nonisolated let isPinned: Bool
    private var head: SignedHead?
    private var hashes: [Int: Hash256] = [:]
    private var sums: [Int: Hash256] = [:]
    /// The digest of the records in the pages, once they were fetched.
    private var served: DigestSums?

    /// - Parameters:
    ///   - key: the hub's public key, if it is known; else the hub is believed.
    ///   - space: the space, if it is known.
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`.
    public init(
        name: String, transport: any HubTransport, access: HubAccess, key: PublicKey?,
        space: SpaceID?, collections: Set<String>?, asking: Asking,
        environment: Environment
    ) async throws {
        self.name = name
        self.transport = transport
        self.access = access
        self.environment = environment
        self.collections = collections
        self.asking = asking
        isPinned = key != nil
        if let key, let space {
            identity = HubIdentity(key: key, space: space)
            return
        }
        let own = try await Self.identity(transport)
        guard let key, !own.has(key) || space.map({ $0 != own.space }) ?? false else {
            identity = own
            return
        }
        // Not the hub that is looked for: its answers will be refused.
        identity = HubIdentity(key: key, space: space ?? own.space)
    }

    /// Which hub it says it is. Nothing is proved by it.
    ///
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`.
    static func identity(_ transport: any HubTransport) async throws -> HubIdentity {
        let answer = try JSONParser.parse(
            try await transport.send(WireRequest(.get, "/v1")).content())
        guard let key = answer["hub"]?.string.flatMap({ PublicKey(hex: $0) }),
            let space = answer["space"]?.string.flatMap({ SpaceID(hex: $0) })
        else { throw ForeignAnswer(.notThisProtocol, status: 200, detail: "hub, space") }
        return try await HubKeys.completed(HubIdentity(key: key, space: space), transport)
    }

    /// How often it is begun anew because the hub took something meanwhile.
    private static let attemptLimit = 20

    /// Asks for what belongs to one head, as often as it takes.
    ///
    /// - Throws: `DiffFault` (hub moved on), and what `body` throws.
    nonisolated func atOneHead<T: Sendable>(
        _ body: @Sendable (HubReader) async throws -> T
    ) async throws -> T {
        for _ in 0..<Self.attemptLimit {
            await begin()
            do { return try await body(self) } catch is Moved { continue }
        }
        throw DiffFault(.hubMovedOn, name: name)
    }

    /// Forgets the head: the next answer names the one that the walk is at.
    func begin() {
        head = nil
        (hashes, sums, served) = ([:], [:], nil)
    }

    /// What the hub says of itself, with the traffic so far.
    func facts() async -> SideFacts {
        var facts = SideFacts(name: name, kind: .address)
        facts.device = identity.hub
        facts.hub = identity
        facts.space = identity.space
        facts.head = head
        let traffic = await transport.traffic
        facts.bytesSent = traffic.sent
        facts.bytesReceived = traffic.received
        facts.roundTrips = traffic.roundTrips
        return facts
    }

    func children(of node: Int?) async throws -> [Hash256] {
        guard asking == .digest else {
            let served = try await servedDigest()
            guard let node else { return (0..<DigestTree.fanout).map(served.node) }
            let first = node * DigestTree.fanout
            return Array(served.buckets[first..<first + DigestTree.fanout])
        }
        let nonce = environment.randomID()
        let body = try await ask(
            "/v1/digest", ("node", DigestAnswer.name(of: node)), nonce)
        let answer = try checked { try DigestAnswer(encoded: body) }
        try await verified { hub throws(AnswerFault) in
            try answer.verify(
                node: node, nonce: nonce, device: access.device ?? answer.part.device, hub: hub)
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
        if asking == .pages { return try await servedRecords(of: buckets) }
        var loaded = LoadedRows()
        for bucket in buckets.sorted() {
            let sum = try await sum(of: bucket)
            let nonce = environment.randomID()
            let body = try await ask("/v1/records", ("bucket", String(bucket)), nonce)
            let answer = try checked { try BucketAnswer(encoded: body) }
            try await verified { hub throws(AnswerFault) in
                try answer.verify(
                    bucket: bucket, nonce: nonce, device: access.device ?? answer.part.device,
                    hub: hub)
            }
            try take(answer.head)
            guard answer.addsUp(to: sum) else { throw contradiction("bucket") }
            try add(answer, to: &loaded)
        }
        return loaded
    }

    // MARK: Pages

    private func servedDigest() async throws -> DigestSums {
        if let served { return served }
        // A record that moves while pages are fetched comes again.
        var hashes: [RecordKey: Hash256] = [:]
        head = try await eachServed { slice, state in
            hashes[slice.key] = MessageKind.record.hash(state)
        }
        var sums = DigestSums()
        for (key, hash) in hashes { sums.add(hash, for: key) }
        served = sums
        return sums
    }

    private func servedRecords(of buckets: Set<Int>) async throws -> LoadedRows {
        var found: [RecordKey: FoundRecord] = [:]
        let new = try await eachServed { slice, state in
            guard buckets.contains(DigestTree.bucket(of: slice.key)),
                collections?.contains(slice.key.collection) ?? true
            else { return }
            found[slice.key] = FoundRecord(
                try RecordState(canonical: Array(state)), position: slice.position)
        }
        try take(new)
        var loaded = LoadedRows()
        for key in found.keys.sorted() { loaded.add(found[key]!) }
        return loaded
    }

    /// The pages' records must be those of the digest that the hub signed.
    ///
    /// - Parameter isFound: whether the records themselves showed what is wrong.
    func expectItsDigest(unless isFound: Bool) throws {
        guard !isFound, let served, served.root != head?.head.digest else { return }
        throw contradiction("digest")
    }

    /// - Returns: the head of the last page.
    private func eachServed(
        _ take: (RecordSlice, UnsafeRawBufferPointer) throws -> Void
    ) async throws -> SignedHead {
        var cursor: String?
        for _ in 0..<Self.pageLimit {
            let nonce = environment.randomID()
            var query = [("have", "0"), ("nonce", nonce.hex)]
            if let cursor { query.append(("cursor", cursor)) }
            let request = WireRequest(.get, "/v1/changes", query: query, token: access.token)
            let body = try await transport.send(request).content()
            let message = try checked { try PageMessage(encoded: body) }
            let device = access.device ?? message.page.device
            try await verified { hub throws(PageFault) in
                try message.verify(nonce: nonce, device: device, hub: hub)
            }
            try checked {
                try message.records.withUnsafeBytes { buffer in
                    for slice in try RecordListReader.read(buffer) {
                        try take(slice, UnsafeRawBufferPointer(rebasing: buffer[slice.state]))
                    }
                }
            }
            guard message.page.more else { return message.page.head }
            guard message.page.cursor != cursor else { throw contradiction("cursor") }
            cursor = message.page.cursor
        }
        throw contradiction("pages")
    }

    /// More pages than any space has: a hub that never ends is one that lies.
    private static let pageLimit = 1 << 20

    // MARK: Digest

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

    /// Checks a signature; once more where the hub turns out to have another key than was known.
    private func verified<Fault: RawRepresentable<String>>(
        _ verify: (HubIdentity) throws(Fault) -> Void
    ) async throws {
        do throws(Fault) { try verify(identity) } catch {
            guard !hasAskedForKeys else { throw contradiction(error.rawValue) }
            hasAskedForKeys = true
            let next = try? await HubKeys.completed(identity, transport)
            guard let next, next != identity else { throw contradiction(error.rawValue) }
            identity = next
            do throws(Fault) { try verify(next) } catch { throw contradiction(error.rawValue) }
        }
    }

    private func contradiction(_ detail: String) -> DiffFault {
        DiffFault(.contradiction, name: name, detail: detail)
    }
}
