import SyncCore
import SyncProtocol
import TestSupport
import Testing

/// Plays every scenario of healing.json, and makes and reads the messages of healing.
///
/// Source: Protocol/README.md §6.5 to §6.8, §8.2, §8.6, §8.7, §8.9, §13.8.
@Suite struct HealingVectorTests {
    private static let file: JSONValue = (try? Vectors.file("healing")) ?? .null
    private static let scenarios = file.items("scenarios")

    private var file: JSONValue { Self.file }

    private func canonical(_ value: JSONValue?) -> [UInt8] {
        CanonicalJSON.bytes(value ?? .null)
    }

    private func id(_ text: String) throws -> ID128 { try #require(ID128(hex: text)) }

    private func key(seed: String) throws -> SigningKey {
        let bytes = try #require(Hex.bytes(seed))
        return try #require(SigningKey(seed: bytes))
    }

    /// The hub that the devices of the file have pinned.
    private func pinned() throws -> HubIdentity {
        let pinned = try #require(file["pinned"])
        return HubIdentity(
            key: try #require(PublicKey(hex: pinned.text("hub_key"))),
            space: try id(pinned.text("space")))
    }

    private func hubKey() throws -> SigningKey {
        try key(seed: file["found"]?["hub"]?.text("seed") ?? "")
    }

    private func heads(_ value: JSONValue?) throws -> [SignedHead] {
        try (value?.array ?? []).map { item in try SignedHead(item) }
    }

    private func keys(_ value: JSONValue?) throws -> [RecordKey] {
        try (value?.array ?? []).map { item in
            RecordKey(item.text("collection"), try id(item.text("id")))
        }
    }

    // MARK: Rules

    @Test func vectors_areThere() { #expect(Self.scenarios.count >= 70) }

    @Test(arguments: scenarios.indices)
    func scenario_everyStep_isRuledAsTheVectorSays(_ index: Int) throws {
        let scenario = Self.scenarios[index]
        var player = try ScenarioPlayer(scenario)
        for step in scenario.items("steps") {
            // What has a code the hub refuses before it rules; a repeat it only looks up.
            guard step["code"] == nil, step["repeat"]?.bool != true else { continue }
            try player.play(step)
        }
    }

    @Test func conflictIDs_secondOfOneID_nameTheLostValue() throws {
        #expect(file.items("conflict_ids").count >= 7)
        for entry in file.items("conflict_ids") {
            let kept = try #require(Stamp(entry.text("kept_stamp")))
            let lost = try #require(Stamp(entry.text("lost_stamp")))
            let value = CanonicalValue(checked: canonical(entry["lost_value"]))
            let conflict = Conflict(
                record: RecordKey(entry.text("collection"), try id(entry.text("record"))),
                field: entry.text("field"), kept: Register(CanonicalValue(.null), kept),
                lost: Register(value, lost))
            #expect(conflict.idWithValue.hex == entry.text("id"))
        }
    }

    // MARK: Heads

    @Test func heads_requests_readByTheirForm() throws {
        let cases = file["heads"]?.items("cases") ?? []
        #expect(cases.count >= 20)
        for entry in cases {
            let name = entry.text("name")
            let body = canonical(
                .object([
                    "heads": entry["heads"] ?? .null, "nonce": entry["nonce"] ?? .null,
                ]))
            if entry.text("code") == "parameter_invalid" {
                #expect(throws: (any Error).self, "\(name)") { try HeadsRequest(encoded: body) }
            } else {
                let read = try HeadsRequest(encoded: body)
                #expect(read.encoded == body, "\(name)")
            }
        }
    }

    /// Reads and verifies an answer to what the entry asked.
    private func takeHeads(_ entry: JSONValue) throws -> (answer: HeadsAnswer, newest: Head) {
        let asked = try #require(entry["asked"])
        let presented = try heads(asked["heads"]).map(\.head)
        let answer = try HeadsAnswer(encoded: canonical(entry["answer"]))
        try answer.verify(
            heads: presented, nonce: try id(asked.text("nonce")),
            device: try id(asked.text("device")), hub: try pinned())
        return (answer, presented[0])
    }

    @Test func heads_acceptedAnswers_verifyAndAreMadeAgain() throws {
        let entries = file["heads"]?.items("accept") ?? []
        #expect(entries.count >= 6)
        for entry in entries {
            let name = entry.text("name")
            let answer = try takeHeads(entry).answer
            #expect(answer.held == entry.number("held"), "\(name)")
            if entry["answer"]?["later"] != nil { continue }
            let made = HeadsAnswer(
                consistency: answer.consistency, cursor: answer.cursor, held: answer.held,
                now: answer.now, device: answer.part.device, nonce: answer.part.nonce,
                head: answer.head, key: try hubKey())
            #expect(made.encoded == canonical(entry["answer"]), "\(name)")
        }
    }

    @Test func heads_refusedAnswers_neverCount() throws {
        let entries = file["heads"]?.items("refused") ?? []
        #expect(entries.count >= 14)
        for entry in entries {
            let name = entry.text("name")
            if entry.text("check") == "same_epoch" {
                // Signed and proved; that it tells of a rewritten log is for its reader to see.
                let (answer, newest) = try takeHeads(entry)
                #expect(answer.held < newest.size, "\(name)")
                #expect(answer.head.head.epoch == newest.epoch, "\(name)")
            } else {
                #expect(throws: (any Error).self, "\(name)") { try takeHeads(entry) }
            }
        }
    }

    // MARK: Records by name

    private func found(_ entry: JSONValue) throws -> (FoundAnswer, [RecordKey]) {
        let asked = try #require(file["found"]?["asked"])
        let keys = try keys(asked["keys"])
        let answer = try FoundAnswer(encoded: canonical(entry["answer"]))
        try answer.verify(
            keys: keys, nonce: try id(asked.text("nonce")),
            device: try id(asked.text("device")), hub: try pinned())
        return (answer, keys)
    }

    @Test func found_acceptedAnswers_sayHowFarTheyGo() throws {
        for entry in file["found"]?.items("accept") ?? [] {
            let (answer, keys) = try found(entry)
            let last = entry["answer"]?.items("records").last?["record"]
            let end = keys.firstIndex { $0.id.hex == last?.text("id") } ?? -1
            let answered = answer.answered(of: keys)
            #expect(answered == (answer.more ? Array(keys[...end]) : keys))
        }
    }

    @Test func found_refusedAnswers_neverCount() throws {
        let entries = file["found"]?.items("refused") ?? []
        #expect(entries.count >= 13)
        for entry in entries {
            #expect(throws: (any Error).self, "\(entry.text("name"))") { try found(entry) }
        }
    }

    /// The body of a call for records by name.
    private func foundBody(_ entry: JSONValue) -> [UInt8] {
        var keys = entry["keys"] ?? .null
        if let one = entry["repeat"] {
            keys = .array(Array(repeating: one, count: Int(entry.number("times"))))
        }
        return canonical(.object(["keys": keys, "nonce": entry["nonce"] ?? .null]))
    }

    @Test func found_calls_areReadAndAnswered() throws {
        for entry in file["found"]?.items("calls") ?? [] {
            let name = entry.text("name")
            let body = foundBody(entry)
            guard entry["code"] == nil else {
                #expect(throws: (any Error).self, "\(name)") { try FoundRequest(encoded: body) }
                continue
            }
            let asked = try FoundRequest(encoded: body)
            #expect(asked.encoded == body, "\(name)")
            let answer = try FoundAnswer(encoded: canonical(entry["answer"]))
            let asker = try id(entry.text("asker"))
            try answer.verify(
                keys: asked.keys, nonce: asked.nonce, device: asker, hub: try pinned())
            let made = FoundAnswer(
                keys: asked.keys, records: answer.records, more: answer.more, device: asker,
                nonce: asked.nonce, head: answer.head, key: try hubKey())
            #expect(made.encoded == canonical(entry["answer"]), "\(name)")
        }
    }

    // MARK: Batches by number

    @Test func batches_calls_areAnsweredByNumber() throws {
        for entry in file["batches"]?.items("calls") ?? [] where entry["code"] == nil {
            let name = entry.text("name")
            let (of, asker) = (try id(entry.text("of")), try id(entry.text("asker")))
            let answer = try DeviceBatchesAnswer(encoded: canonical(entry["answer"]))
            try answer.verify(
                of: of, from: entry.number("from"), nonce: try id(entry.text("nonce")),
                device: asker, hub: try pinned())
            var next = answer.from
            try answer.eachEntry { found in
                let batch = try SealedBatch(bytes: found.batch, signature: found.signature)
                #expect(batch.number == next && batch.device == of, "\(name)")
                #expect(found.leaf.batch == batch.hash, "\(name)")
                next += 1
            }
            let made = DeviceBatchesAnswer(
                of: of, from: answer.from, more: answer.more, entries: answer.entries,
                device: asker, nonce: answer.part.nonce, head: answer.head, key: try hubKey())
            #expect(made.encoded == canonical(entry["answer"]), "\(name)")
        }
    }

    @Test func batches_refusedAnswers_neverCount() throws {
        let asked = try #require(file["batches"]?["asked"])
        let (of, device) = (try id(asked.text("of")), try id(asked.text("device")))
        let (nonce, hub) = (try id(asked.text("nonce")), try pinned())
        let entries = file["batches"]?.items("refused") ?? []
        #expect(entries.count >= 13)
        for entry in entries {
            // What an entry holds is for the one who reads it to compare.
            if entry.text("check").hasPrefix("entry") { continue }
            #expect(throws: (any Error).self, "\(entry.text("name"))") {
                try DeviceBatchesAnswer(encoded: canonical(entry["answer"])).verify(
                    of: of, from: asked.number("from"), nonce: nonce, device: device, hub: hub)
            }
        }
    }

    // MARK: Joins

    private func token(_ entry: JSONValue) -> Hash256 {
        .sha256(Array(entry.text("token").utf8))
    }

    private func expectMade(_ made: JoinRequest, _ entry: JSONValue) throws {
        #expect(String(decoding: made.bytes, as: UTF8.self) == entry.text("join_canonical"))
        #expect(made.encoded == canonical(entry["message"]))
        let read = try JoinRequest(encoded: made.encoded)
        #expect(read.isSigned)
        #expect(read.encoded == made.encoded)
    }

    @Test func joins_withoutAnInvite_areMadeByteForByte() throws {
        let newKey = try #require(file["joins"]?["new_key"])
        let former = try key(seed: newKey.text("former_seed"))
        let made = JoinRequest(
            former: former, space: try id(newKey.text("space")), token: token(newKey),
            key: try key(seed: newKey.text("seed")))
        try expectMade(made, newKey)
        #expect(made.isSigned(byFormer: former.publicKey))
        #expect(!made.isSigned(byFormer: made.key))
        let again = try #require(file["joins"]?["enrolment"])
        let answer = try JoinAnswer(encoded: canonical(again["enrolment"]))
        try expectMade(
            JoinRequest(
                enrolment: answer, space: try id(again.text("space")), token: token(again),
                key: try key(seed: again.text("seed"))), again)
    }

    @Test func joins_answers_nameWhatTheHubEnrolled() throws {
        let hub = try pinned()
        for entry in file["joins"]?.items("cases") ?? [] where entry["code"] == nil {
            let name = entry.text("name")
            let request = try JoinRequest(encoded: canonical(entry["message"]))
            #expect(request.isSigned, "\(name)")
            #expect(request.encoded == canonical(entry["message"]), "\(name)")
            let answer = try JoinAnswer(encoded: canonical(entry["answer"]))
            let enrolled = try answer.verify(key: request.key, hub: hub)
            let set = try #require(entry["enrols"]?["set"])
            #expect(enrolled.name == set.text("name"), "\(name)")
            #expect(enrolled.role == set.text("role"), "\(name)")
            #expect(enrolled.formerly?.hex == set["formerly"]?.string, "\(name)")
            #expect(enrolled.ancestry == set["ancestry"]?.string, "\(name)")
        }
    }

    // MARK: Bundles

    private func question(_ asked: JSONValue) throws -> SignedAsk.Question {
        if let presented = asked["heads"] { return .heads(try heads(presented)) }
        if let named = asked["records"] { return .records(try keys(named)) }
        let batches = try #require(asked["batches"])
        return .batches(of: try id(batches.text("device")), from: batches.number("from"))
    }

    @Test func asks_madeAndRead_areTheVectors() throws {
        #expect(file.items("asks").count == 3)
        for entry in file.items("asks") {
            let asked = try #require(entry["asked"])
            let key = try key(seed: entry.text("seed"))
            let made = SignedAsk(
                try question(asked), madeAt: asked.number("made_at"),
                nonce: try id(asked.text("nonce")), space: try id(asked.text("space")), key: key)
            #expect(made.encoded == canonical(entry["message"]))
            let read = try SignedAsk(encoded: made.encoded)
            #expect(read.isSigned(by: key.publicKey))
            #expect(!read.isSigned(by: SigningKey().publicKey))
            #expect(read.encoded == made.encoded)
        }
    }

    @Test func files_itemsOfHealing_areKnown() throws {
        for entry in file.items("files") {
            var reader = BundleLineReader()
            var count: Int64 = 0
            try reader.take(Array(entry.text("text").utf8)) { _ in count += 1 }
            try reader.finish()
            #expect(count == entry.number("known"))
            #expect(reader.itemCount == entry.items("items").count)
        }
    }
}

/// A journal in memory that takes the steps of one scenario.
private struct ScenarioPlayer {
    private static let members: Set<String> = ["batch", "common", "receipt", "signature"]

    private let name: String
    private let hub: DeviceID
    private let space: SpaceID
    private var epoch: EpochID
    private var memory: MemoryHub
    private var leaves: [Hash256] = []

    init(_ scenario: JSONValue) throws {
        name = scenario.text("name")
        hub = try #require(DeviceID(hex: scenario["hub"]?.text("id") ?? ""))
        space = try #require(SpaceID(hex: scenario["space"]?.text("id") ?? ""))
        epoch = try #require(EpochID(hex: scenario["space"]?.text("epoch") ?? ""))
        memory = MemoryHub(hub: hub)
    }

    /// Rules the batch of a step and compares everything that the vector says of it.
    mutating func play(_ step: JSONValue) throws {
        let push = try request(step)
        let batch = push.batch
        let changes = try (0..<batch.count).map { try batch.change($0) }
        let told = healing(push)
        let position = step.number("position")
        let verdict = try memory.apply(
            changes, device: batch.device, number: batch.number,
            hubTime: step.number("received_at"), position: position, space: space,
            healing: told)
        if let opened = openedEpoch(batch.device, changes) { epoch = opened }
        let leaf = Leaf(
            batch: batch.hash, device: batch.device, number: batch.number,
            signature: batch.signature, epoch: epoch, position: position, verdict: verdict,
            common: told.adoption?.common ?? told.earlier?.common,
            earlier: told.earlier == nil ? nil : push.earlier)
        leaves.append(leaf.hash)
        try compare(leaf, step)
    }

    private func request(_ step: JSONValue) throws -> PushRequest {
        let members = (step.object ?? [:]).filter { Self.members.contains($0.key) }
        return try PushRequest(encoded: CanonicalJSON.bytes(.object(members)))
    }

    /// What came beside the batch and counts (§8.4).
    private func healing(_ push: PushRequest) -> Healing {
        let common = push.common.flatMap { $0 }?.head.size ?? 0
        var healing = Healing.none
        healing.formerly = push.batch.formerly
        if let lost = push.batch.adopts?.head {
            healing.adoption = Healing.Adoption(
                lostTime: lost.time, common: common, isHeld: holds(lost))
        } else if let receipt = push.earlier {
            healing.earlier = Healing.Earlier(verdict: receipt.leaf.verdict, common: common)
        }
        return healing
    }

    private func holds(_ head: Head) -> Bool {
        let size = Int(head.size)
        guard size <= leaves.count else { return false }
        return MerkleTree(leaves: Array(leaves.prefix(size))).root() == head.root
    }

    /// The epoch that a batch of the hub's own opens.
    private func openedEpoch(_ device: DeviceID, _ changes: [Change]) -> EpochID? {
        guard device == hub else { return nil }
        return changes.first { change in
            change.key.collection == HubCollection.epochs
                && change.set.contains { $0.name == "parent" && $0.value.value.text != nil }
        }?.key.id
    }

    private func compare(_ leaf: Leaf, _ step: JSONValue) throws {
        let place = "\(name), position \(leaf.position)"
        #expect(leaf.batch.hex == step.text("batch_hash"), "\(place)")
        let tree = try JSONParser.parse(leaf.bytes)
        expectEqual(tree["verdict"], step["verdict"], place)
        #expect(String(decoding: leaf.bytes, as: UTF8.self) == step.text("leaf"), "\(place)")
        #expect(leaf.hash.hex == step.text("leaf_hash"), "\(place)")
        let read = try Leaf(tree)
        #expect(read == leaf, "\(place)")
        #expect(leaf.isAdopting == (step["batch"]?["adopts"] != nil), "\(place)")
        let root = MerkleTree(leaves: leaves).root()
        #expect(root.hex == step.text("tree_root"), "\(place)")
        expectEqual(.array(shown), step["records"], place)
        #expect(memory.digest.hex == step.text("digest"), "\(place)")
    }

    private func expectEqual(_ found: JSONValue?, _ expected: JSONValue?, _ place: String) {
        let a = String(decoding: CanonicalJSON.bytes(found ?? .null), as: UTF8.self)
        let b = String(decoding: CanonicalJSON.bytes(expected ?? .null), as: UTF8.self)
        #expect(a.utf8.elementsEqual(b.utf8), "\(place)\n found \(a)\nvector \(b)")
    }

    private var shown: [JSONValue] {
        let hidden = [HubCollection.space, HubCollection.devices, HubCollection.epochs]
        return memory.records.values.sorted { $0.key < $1.key }
            .filter { !hidden.contains($0.key.collection) }
            .compactMap { state in
                guard let tree = try? JSONParser.parse(state.canonicalBytes),
                    let position = memory.positions[state.key]
                else { return nil }
                return ["position": JSONValue(position), "record": tree]
            }
    }
}
