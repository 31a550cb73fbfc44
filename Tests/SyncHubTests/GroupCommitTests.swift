import Foundation
import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncHub

/// Pushes that are committed together come out as if each had come alone, in their order.
struct GroupCommitTests {
    private let folder = TestFolder()
    private let now: Int64 = 1_767_225_600_000

    private var environment: Environment {
        Environment(
            nowMilliseconds: { now }, randomBytes: Environment.system.randomBytes)
    }

    private struct Device {
        let key: SigningKey
        let token: String
        var last: (number: Int64, hash: Hash256) = (0, .zero)

        mutating func next(_ space: SpaceID, _ note: String, low: UInt64) throws -> SealedBatch {
            let change = Change(
                RecordKey("stops", .init(high: 3, low: low)),
                set: [.init("note", CanonicalValue(.text(note)))],
                stamp: StampTime(milliseconds: 1_767_225_600_000 + last.number))
            let batch = try BatchBuilder.seal(
                changes: change.canonicalBytes,
                header: .init(
                    space: space, number: last.number + 1, previous: last.hash,
                    sealedAt: 1_767_225_600_000), key: key)
            last = (batch.number, batch.hash)
            return batch
        }
    }

    /// A hub with joined devices, and a copy of it as it was then.
    private func hubs(_ count: Int) throws -> (one: SQLHubStore, many: SQLHubStore, [Device]) {
        let hub = HubFolder(folder.file("one"))
        try hub.create(
            .init(name: "x", timeZone: "Asia/Shanghai", operatorCollections: [], url: nil),
            environment: environment
        ).close()
        let (store, _) = try hub.open(environment: environment)
        let service = HubService(store: store, environment: environment)
        var devices: [Device] = []
        for index in 0..<count {
            let device = Device(key: SigningKey(), token: "token of device \(index), long enough")
            let invite = try store.invite(
                name: "d\(index)", role: .lead, expires: now + 1_000, url: "http://127.0.0.1:1")
            let request = JoinRequest(
                invite: invite, token: .sha256(Array(device.token.utf8)), key: device.key)
            let answer = service.answer(
                WireRequest(.post, "/v1/devices", body: request.encoded))
            #expect(answer.status == 200)
            devices.append(device)
        }
        try store.close()
        try FilePresence.makeFolder(folder.file("many"))
        for name in ["hub.sqlite", "hub.key"] {
            try FileManager.default.copyItem(
                atPath: folder.file("one/\(name)"), toPath: folder.file("many/\(name)"))
        }
        return (
            try hub.open(environment: environment).store,
            try HubFolder(folder.file("many")).open(environment: environment).store, devices
        )
    }

    @Test func group_isAsEachAlone_byteForByte() throws {
        let (one, many, joined) = try hubs(3)
        var devices = joined
        let space = try one.facts().space
        var pushes: [PushRequest] = []
        // Two batches of one device, one of another that conflicts, a repetition.
        pushes.append(PushRequest(try devices[0].next(space, "a", low: 1)))
        pushes.append(PushRequest(try devices[1].next(space, "b", low: 1)))
        pushes.append(PushRequest(try devices[0].next(space, "a again", low: 1)))
        pushes.append(pushes[1])
        // One that skips a number is refused, and what comes after it is taken.
        var skipping = devices[2]
        _ = try skipping.next(space, "lost", low: 2)
        pushes.append(PushRequest(try skipping.next(space, "ahead", low: 3)))
        pushes.append(PushRequest(try devices[2].next(space, "c", low: 4)))

        let alone = pushes.map { one.append([$0])[0] }
        let together = many.append(pushes)
        #expect(alone.count == together.count)
        for (index, (a, b)) in zip(alone, together).enumerated() {
            switch (a, b) {
            case (.success(let a), .success(let b)): #expect(a.encoded == b.encoded, "\(index)")
            case (.failure(let a), .failure(let b)):
                #expect((a as? WireError)?.code == (b as? WireError)?.code)
                #expect(index == 4)
            default: Issue.record("\(index): \(a) \(b)")
            }
        }
        #expect(try one.newestHead() == many.newestHead())
        #expect(
            try one.journal(from: 1, bytes: 1 << 20).entries
                == many.journal(from: 1, bytes: 1 << 20).entries)
        #expect(try one.status().digest == many.status().digest)
    }

    @Test func group_withARevokedDevice_takesTheOthers() throws {
        let (one, _, joined) = try hubs(2)
        var devices = joined
        let space = try one.facts().space
        let batches = [
            PushRequest(try devices[0].next(space, "in", low: 1)),
            PushRequest(try devices[1].next(space, "out", low: 2)),
        ]
        _ = try one.setRevoked(true, device: devices[1].key.publicKey.deviceID)
        let results = one.append(batches)
        #expect(throws: Never.self) { try results[0].get() }
        #expect(throws: WireError.self) { try results[1].get() }
    }

    /// What fails for one for another reason than the client's leaves the others whole.
    @Test func group_withADamagedRow_takesTheOthers() throws {
        let (one, _, joined) = try hubs(3)
        var devices = joined
        let space = try one.facts().space
        _ = one.append([PushRequest(try devices[1].next(space, "good", low: 7))])
        try one.file.write {
            try $0.execute("UPDATE records SET clock = x'ff' WHERE collection = 'stops'")
        }
        let results = one.append([
            PushRequest(try devices[0].next(space, "x", low: 1)),
            PushRequest(try devices[1].next(space, "y", low: 7)),
            PushRequest(try devices[2].next(space, "z", low: 2)),
        ])
        #expect(throws: Never.self) { try results[0].get() }
        #expect(throws: (any Error).self) { try results[1].get() }
        #expect(throws: Never.self) { try results[2].get() }
    }

    /// Over HTTP many devices push at once: dense positions, nothing lost or doubled.
    @Test func manyAtOnce_getDensePositions() async throws {
        let (one, _, joined) = try hubs(12)
        let key = try HubFolder(folder.file("one")).open(environment: environment).key
        let service = HubService(store: one, environment: environment)
        let queue = PushQueue(one)
        let space = try one.facts().space
        let before = try one.facts().position
        let rounds = 6
        let positions = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for (index, device) in joined.enumerated() {
                var device = device
                group.addTask {
                    var found: [Int64] = []
                    for round in 0..<rounds {
                        let low = UInt64(index * 100 + round)
                        let batch = try device.next(space, "n", low: low)
                        let enrolled = try service.authenticate(device.token)
                        let request = WireRequest(
                            .post, "/v1/batches", token: device.token,
                            body: PushRequest(batch).encoded)
                        let receipt = try await queue.append(
                            service.verifiedPush(request, enrolled))
                        found.append(receipt.leaf.position)
                    }
                    return found
                }
            }
            return try await group.reduce(into: [Int64]()) { $0 += $1 }
        }
        let expected = (before + 1...before + Int64(joined.count * rounds)).map { $0 }
        #expect(positions.sorted() == expected)
        #expect(try one.facts().position == expected.last)
    }
}
