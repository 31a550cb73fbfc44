import SyncCore
import SyncHub
import SyncProtocol
import TestSupport
import Testing

/// Proofs and the journal, as a client in another language would check them.
@Suite struct LogCallTests {
    private let nonce = ID128(high: 7, low: 7)

    /// A hub whose journal holds its own first batches and `count` of the device's.
    private func fixture(_ count: Int, role: Role = .lead) throws -> (HubFixture, [SealedBatch]) {
        let fixture = try HubFixture()
        #expect(try fixture.join(role: role).status == 200)
        var batches: [SealedBatch] = []
        for number in 0..<count {
            let change = HubFixture.change(
                UInt64(number + 1), stamp: HubFixture.now + Int64(number))
            let batch = try fixture.batch(
                [change], number: Int64(number) + 1, previous: batches.last?.hash ?? .zero)
            let answer = fixture.service.answer(
                WireRequest(.post, "/v1/batches", token: fixture.token, body: batch.envelope))
            #expect(answer.status == 200)
            batches.append(batch)
        }
        return (fixture, batches)
    }

    private func get(
        _ fixture: HubFixture, _ path: String, _ query: [(String, String)]
    ) -> WireAnswer {
        fixture.service.answer(
            WireRequest(
                .get, path, query: query + [("nonce", nonce.hex)], token: fixture.token))
    }

    private func code(_ answer: WireAnswer) -> String? {
        WireError(encoded: answer.body, status: answer.status)?.code.rawValue
    }

    private func hub(_ fixture: HubFixture) throws -> HubIdentity {
        let facts = try fixture.store.facts()
        return HubIdentity(key: facts.hubKey, space: facts.space)
    }

    @Test func inclusion_everyPositionAtEverySize_verifiesUnderTheSignedHead() throws {
        let (fixture, _) = try fixture(5, role: .auditor)
        let journal = try JournalAnswer(
            encoded: get(fixture, "/v1/journal", [("from", "1")]).body)
        var leaves: [Leaf] = []
        try journal.eachEntry { leaves.append($0.leaf) }
        for size in 1...leaves.count {
            let positions = (1...size).map { Int64($0) }
            let list = positions.map { String($0) }.joined(separator: ",")
            let answer = try InclusionAnswer(
                encoded: get(
                    fixture, "/v1/proof/inclusion",
                    [("positions", list), ("size", "\(size)")]
                ).body)
            try answer.verify(
                positions: positions, size: Int64(size), nonce: nonce,
                device: fixture.key.publicKey.deviceID, hub: try hub(fixture))
            let included = answer.includes(Array(leaves.prefix(size)), in: answer.head.head)
            #expect(included, "size \(size)")
            let swapped = answer.includes(leaves.prefix(size).reversed(), in: answer.head.head)
            #expect(swapped == (size == 1))
        }
    }

    @Test func consistency_everyPair_extendsTheEarlierHead() throws {
        let (fixture, _) = try fixture(4)
        let size = try fixture.store.facts().position
        var heads: [Int64: Head] = [:]
        for second in 1...size {
            for first in 0...second {
                let answer = try ConsistencyAnswer(
                    encoded: get(
                        fixture, "/v1/proof/consistency",
                        [("first", "\(first)"), ("second", "\(second)")]
                    ).body)
                try answer.verify(
                    first: first, second: second, nonce: nonce,
                    device: fixture.key.publicKey.deviceID, hub: try hub(fixture))
                heads[second] = answer.head.head
                if let earlier = heads[first] {
                    let extends = answer.extends(earlier)
                    #expect(extends, "\(first) to \(second)")
                }
            }
        }
    }

    @Test func journal_auditor_getsEveryBatchAsSignedInOrder() throws {
        let (fixture, batches) = try fixture(3, role: .auditor)
        var entries: [JournalEntry] = []
        var from: Int64 = 1
        while true {
            // Pages of one byte: at least one entry each.
            let run = try fixture.store.journal(from: from, bytes: 1)
            let answer = try JournalAnswer(
                encoded: get(fixture, "/v1/journal", [("from", "\(from)")]).body)
            try answer.verify(
                from: from, nonce: nonce, device: fixture.key.publicKey.deviceID,
                hub: try hub(fixture))
            #expect(!answer.more)
            var first: JournalEntry?
            try answer.eachEntry { first = first ?? $0 }
            entries.append(try #require(first))
            #expect(entries.last?.leaf.position == from)
            from += 1
            guard run.more else { break }
        }
        let own = entries.filter { $0.leaf.device == fixture.key.publicKey.deviceID }
        #expect(own.map(\.batch) == batches.map(\.bytes))
        #expect(own.map(\.signature) == batches.map(\.signature))
        #expect(own.map(\.leaf.batch) == batches.map(\.hash))
        let empty = try JournalAnswer(
            encoded: get(fixture, "/v1/journal", [("from", "\(from)")]).body)
        #expect(empty.entries == Array("[]".utf8) && !empty.more)
    }

    @Test func journal_lead_isRefused() throws {
        let (fixture, _) = try fixture(0)
        let answer = get(fixture, "/v1/journal", [("from", "1")])
        #expect(answer.status == 403 && code(answer) == "role_forbidden")
    }

    @Test(arguments: [
        ("positions", "0"), ("positions", "2,1"), ("positions", "1,1"), ("positions", "1,"),
        ("positions", "01"), ("positions", "x"), ("positions", "99"), ("positions", "-1"),
        ("positions", (1...65).map { String($0) }.joined(separator: ",")),
        ("size", "0"), ("size", "99"), ("size", "9223372036854775807"),
    ])
    func inclusion_badParameter_isNamed(_ bad: (name: String, value: String)) throws {
        let (fixture, _) = try fixture(1)
        var query = ["positions": "1", "size": "2"]
        query[bad.name] = bad.value
        let answer = get(fixture, "/v1/proof/inclusion", query.map { ($0.key, $0.value) })
        #expect(code(answer) == "parameter_invalid")
    }

    @Test func bucket_everyOne_addsUpToTheDigestOfTheHead() throws {
        let (fixture, _) = try fixture(5)
        let device = fixture.key.publicKey.deviceID
        let hub = try hub(fixture)
        let top = try DigestAnswer(encoded: get(fixture, "/v1/digest", [("node", "top")]).body)
        try top.verify(node: nil, nonce: nonce, device: device, hub: hub)
        #expect(DigestTree.node(top.children.flatMap(\.bytes)) == top.head.head.digest)
        var records = 0
        for node in 0..<DigestTree.fanout {
            let answer = try DigestAnswer(
                encoded: get(fixture, "/v1/digest", [("node", "\(node)")]).body)
            #expect(DigestTree.node(answer.children.flatMap(\.bytes)) == top.children[node])
            for (place, sum) in answer.children.enumerated() where sum != .zero {
                let bucket = node * DigestTree.fanout + place
                let found = try BucketAnswer(
                    encoded: get(fixture, "/v1/records", [("bucket", "\(bucket)")]).body)
                try found.verify(bucket: bucket, nonce: nonce, device: device, hub: hub)
                #expect(found.addsUp(to: sum) && !found.addsUp(to: .zero))
                records += found.records.count(where: { $0 == UInt8(ascii: "p") }) > 0 ? 1 : 0
            }
        }
        #expect(records > 5)
    }

    @Test func about_serves_namesTheCallsOfTheLog() throws {
        let (fixture, _) = try fixture(0)
        let about = try JSONParser.parse(fixture.service.answer(WireRequest(.get, "/v1")).body)
        let serves = about["serves"]?.array?.compactMap(\.string) ?? []
        #expect(serves == serves.sorted() && Set(serves).isSuperset(of: ["journal", "proof"]))
    }
}
