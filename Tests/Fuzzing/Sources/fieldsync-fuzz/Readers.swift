import SyncAudit
import SyncCore
import SyncProtocol

/// What is read from outside. A reader takes bytes or throws; it ends the process by no input, and
/// what it takes must be what it says.
let readers: [String: @Sendable ([UInt8]) throws -> Void] = [
    "json": { bytes in
        let value = try JSONParser.parse(bytes)
        let canonical = CanonicalJSON.bytes(value)
        guard try JSONParser.parse(canonical) == value else { fatalError("reads otherwise") }
        // The reader of the hot path takes the canonical form alone (and not all of it: its keys
        // are ASCII, and it is less deep).
        let isTaken = CanonicalReader.fault(of: bytes) == nil
        if isTaken, canonical != bytes { fatalError("takes what is not canonical") }
    },
    "push": { bytes in
        let push = try PushRequest(encoded: bytes)
        for index in 0..<push.batch.count { _ = try push.batch.change(index) }
    },
    "page": { _ = try PageMessage(encoded: $0) },
    "digest": { _ = try DigestAnswer(encoded: $0) },
    "bucket": { _ = try BucketAnswer(encoded: $0).addsUp(to: .zero) },
    "receipt": { bytes in
        let receipt = try Receipt(encoded: bytes)
        guard try Receipt(encoded: receipt.encoded) == receipt else {
            fatalError("writes otherwise")
        }
    },
    "head": { bytes in
        let head = try SignedHead(encoded: bytes)
        guard try SignedHead(encoded: head.encoded) == head else { fatalError("writes otherwise") }
    },
    "inclusion": {
        let answer = try InclusionAnswer(encoded: $0)
        _ = answer.includes([], in: answer.head.head)
    },
    "consistency": {
        let answer = try ConsistencyAnswer(encoded: $0)
        _ = answer.extends(answer.head.head)
    },
    "history": { _ = try HistoryAnswer(encoded: $0) },
    "journal": { try JournalAnswer(encoded: $0).eachEntry { _ in } },
    "batches": { _ = try DeviceBatchesAnswer(encoded: $0) },
    "succession": { _ = try KeySuccession(encoded: $0) },
    "heads": { bytes in
        _ = try? HeadsRequest(encoded: bytes)
        _ = try HeadsAnswer(encoded: bytes)
    },
    "found": { bytes in
        _ = try? FoundRequest(encoded: bytes)
        _ = try FoundAnswer(encoded: bytes)
    },
    "join": { bytes in
        _ = try? JoinRequest(encoded: bytes)
        _ = try JoinAnswer(encoded: bytes)
    },
    "asked": { bytes in
        _ = try? SignedAsk(encoded: bytes)
        _ = try? SignedRefusal(encoded: bytes)
        _ = try SignedPull(encoded: bytes)
    },
    "invite": { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let invite = try Invite(text: text)
        guard try Invite(text: invite.text) == invite else { fatalError("writes otherwise") }
    },
    "note": { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let key = SigningKey(seed: [UInt8](repeating: 1, count: 32))!.publicKey
        _ = CheckpointNote(text, hub: key, space: SpaceID(high: 0, low: 0))
        _ = TilePath(text)
        _ = Witness(verifierKey: text)
    },
    "bundle": { bytes in
        var reader = BundleLineReader()
        try reader.take(bytes) { _ in }
        try reader.finish()
    },
    "proof": { _ = try RecordProof(encoded: $0) },
    "checkpoint": { bytes in
        let checkpoint = try Checkpoint(encoded: bytes)
        guard try Checkpoint(encoded: checkpoint.encoded) == checkpoint else {
            fatalError("writes otherwise")
        }
    },
]
