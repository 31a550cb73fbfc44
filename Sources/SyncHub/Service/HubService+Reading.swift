import SyncCore
import SyncProtocol
import SyncStore

// Calls that read at one head: the digest and its buckets, proofs, the journal.

extension HubService {
    func digest(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let nonce = try request.requiredID("nonce")
        let isTop = try request.required("node") == DigestAnswer.name(of: nil)
        let last = Int64(DigestTree.fanout - 1)
        let node = isTop ? nil : Int(try request.integer("node", in: 0...last))
        let (children, head) = try store.digest(node: node)
        return DigestAnswer(
            children: children, node: node, device: device.id, nonce: nonce, head: head,
            key: store.signingKey
        ).encoded
    }

    func records(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let nonce = try request.requiredID("nonce")
        let last = Int64(DigestTree.bucketCount - 1)
        let bucket = Int(try request.integer("bucket", in: 0...last))
        let (records, head) = try store.bucket(bucket)
        return BucketAnswer(
            bucket: bucket, records: records, device: device.id, nonce: nonce, head: head,
            key: store.signingKey
        ).encoded
    }

    func inclusion(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let nonce = try request.requiredID("nonce")
        let size = try request.integer("size", in: 1...store.facts().position)
        let positions = try request.positions("positions", upTo: size)
        let (paths, head) = try store.inclusion(positions, size: size)
        return InclusionAnswer(
            positions: positions, paths: paths, device: device.id, nonce: nonce, head: head,
            key: store.signingKey
        ).encoded
    }

    func consistency(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let nonce = try request.requiredID("nonce")
        let second = try request.integer("second", in: 1...store.facts().position)
        let first = try request.integer("first", in: 0...second)
        let (consistency, head) = try store.consistency(first: first, second: second)
        return ConsistencyAnswer(
            consistency: consistency, first: first, second: second, device: device.id,
            nonce: nonce, head: head, key: store.signingKey
        ).encoded
    }

    func journal(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        guard device.role == Role.auditor.rawValue else {
            throw WireError.auditorsOnly(role: device.role)
        }
        let nonce = try request.requiredID("nonce")
        // One past the end is an empty run: an auditor asks from there for what is new.
        let from = try request.integer("from", in: 1...store.facts().position + 1)
        let run = try store.journal(from: from, bytes: pageBytes)
        var visit = try DeviceVisit(request, now: environment.nowMilliseconds())
        visit.size = from - 1
        try note(device.id, visit)
        return JournalAnswer(
            from: from, more: run.more, entries: run.entries, device: device.id, nonce: nonce,
            head: run.head, key: store.signingKey
        ).encoded
    }

    func history(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let nonce = try request.requiredID("nonce")
        let collection = try request.required("collection")
        guard FieldName.isValid(collection) else { throw WireError.parameter("collection") }
        let key = RecordKey(collection, try request.requiredID("id"))
        let from = try request.integer("from", in: 1...store.facts().position + 1)
        let run = try store.history(of: key, from: from, bytes: pageBytes)
        return HistoryAnswer(
            of: key, from: from, next: run.next, entries: run.entries, device: device.id,
            nonce: nonce, head: run.head, key: store.signingKey
        ).encoded
    }
}

extension WireRequest {
    /// Decimal integers separated by commas, ascending, none twice: 1 to
    /// `Limits.proofPositions` of them.
    func positions(_ name: String, upTo size: Int64) throws -> [Int64] {
        let parts = try required(name).split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= Limits.proofPositions else { throw WireError.parameter(name) }
        var positions: [Int64] = []
        for part in parts {
            guard let position = Int64(part), String(position) == part, position <= size,
                position > positions.last ?? 0
            else { throw WireError.parameter(name) }
            positions.append(position)
        }
        return positions
    }
}
