import SyncCore
import SyncProtocol
import SyncStore

// Calls of a device that heals: which heads are held, an old key's batches, records by name.

extension HubService {
    func heads(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let asked = try BodyReading.read(request.body) { try HeadsRequest(encoded: request.body) }
        return try answer(asked, for: device.id).encoded
    }

    func answer(_ asked: HeadsRequest, for device: DeviceID) throws -> HeadsAnswer {
        let facts = try store.facts()
        let hub = facts.hub
        guard asked.heads.allSatisfy({ hub.vouches(for: $0) }) else {
            throw WireError.signature("head")
        }
        let standing = try store.standing(of: asked.heads)
        return HeadsAnswer(
            consistency: standing.consistency, cursor: standing.cursor, held: standing.held,
            now: standing.now, device: device, nonce: asked.nonce, head: standing.head,
            key: store.signingKey)
    }

    func deviceBatches(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let nonce = try request.requiredID("nonce")
        let of = try request.requiredID("device")
        let from = try request.integer("from", in: 1...9_007_199_254_740_991)
        return try batches(of: of, from: from, nonce: nonce, for: device).encoded
    }

    /// - Throws: `WireError` (role) for batches that are not the asker's to read.
    func batches(
        of: DeviceID, from: Int64, nonce: ID128, for device: EnrolledDevice
    ) throws -> DeviceBatchesAnswer {
        if of != device.id, device.role != Role.auditor.rawValue,
            try !store.ancestors(of: device.id).contains(of)
        {
            throw WireError.batchOfAnother(role: device.role)
        }
        let run = try store.batches(of: of, from: from, bytes: pageBytes)
        return DeviceBatchesAnswer(
            of: of, from: from, more: run.more, entries: run.entries, device: device.id,
            nonce: nonce, head: run.head, key: store.signingKey)
    }

    func named(_ request: WireRequest, _ device: EnrolledDevice) throws -> [UInt8] {
        let asked = try BodyReading.read(request.body) { try FoundRequest(encoded: request.body) }
        return try answer(asked, for: device.id).encoded
    }

    func answer(_ asked: FoundRequest, for device: DeviceID) throws -> FoundAnswer {
        let run = try store.records(named: asked.keys, bytes: pageBytes)
        return FoundAnswer(
            keys: asked.keys, records: run.entries, more: run.more, device: device,
            nonce: asked.nonce, head: run.head, key: store.signingKey)
    }
}
