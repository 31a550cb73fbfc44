import SyncCore
import SyncProtocol
import TestSupport
import Testing

/// Plays every scenario of hub_rules.json: from the signed batches to verdicts, states, leaves,
/// Merkle roots and digests.
@Suite struct HubRuleVectorTests {
    private static let scenarios = (try? Vectors.file("hub_rules").items("scenarios")) ?? []

    @Test func vectors_areThere() { #expect(Self.scenarios.count >= 70) }

    @Test(arguments: scenarios.indices)
    func scenario_everyStep_isRuledAsTheVectorSays(_ index: Int) throws {
        let scenario = Self.scenarios[index]
        let name = scenario.text("name")
        let hub = try #require(DeviceID(hex: scenario["hub"]?.text("id") ?? ""))
        let space = try #require(SpaceID(hex: scenario["space"]?.text("id") ?? ""))
        let epoch = try #require(EpochID(hex: scenario["space"]?.text("epoch") ?? ""))
        var memory = MemoryHub(hub: hub)
        var leaves: [Hash256] = []
        for step in scenario.items("steps") where step["repeat"]?.bool != true {
            let batch = try sealed(step)
            #expect(batch.hash.hex == step.text("batch_hash"), "\(name)")
            let changes = try (0..<batch.count).map { try batch.change($0) }
            let verdict = try memory.apply(
                changes, device: batch.device, hubTime: step.number("received_at"),
                position: step.number("position"), space: space)
            let leaf = Leaf(
                batch: batch.hash, device: batch.device, number: batch.number,
                signature: batch.signature, epoch: epoch, position: step.number("position"),
                verdict: verdict)
            expectEqual(try #require(try leafVerdict(leaf)), step["verdict"], name)
            #expect(leaf.hash.hex == step.text("leaf_hash"), "\(name)")
            leaves.append(leaf.hash)
            #expect(MerkleTree(leaves: leaves).root().hex == step.text("tree_root"))
            expectEqual(.array(shown(memory)), step["records"], name)
            #expect(memory.digest.hex == step.text("digest"), "\(name)")
        }
    }

    private func sealed(_ step: JSONValue) throws -> SealedBatch {
        let bytes = CanonicalJSON.bytes(try #require(step["batch"]))
        let signature = try #require(Signature(hex: step.text("signature")))
        return try SealedBatch(bytes: bytes, signature: signature)
    }

    private func leafVerdict(_ leaf: Leaf) throws -> JSONValue? {
        try JSONParser.parse(leaf.bytes)["verdict"]
    }

    private func expectEqual(_ found: JSONValue, _ expected: JSONValue?, _ name: String) {
        let a = String(decoding: CanonicalJSON.bytes(found), as: UTF8.self)
        let b = expected.map { String(decoding: CanonicalJSON.bytes($0), as: UTF8.self) } ?? ""
        #expect(a.utf8.elementsEqual(b.utf8), "\(name)\n found \(a)\nvector \(b)")
    }

    private func shown(_ memory: MemoryHub) -> [JSONValue] {
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

    @Test func conflictIDs_areHashesOfBothStamps() throws {
        for entry in try Vectors.file("hub_rules").items("conflict_ids") {
            let register = Register(
                CanonicalValue(.null), Stamp(time: .zero, device: .init(high: 0, low: 0)))
            var (kept, lost) = (register, register)
            kept.stamp = try #require(Stamp(entry.text("kept_stamp")))
            lost.stamp = try #require(Stamp(entry.text("lost_stamp")))
            let record = try #require(RecordID(hex: entry.text("record")))
            let conflict = Conflict(
                record: RecordKey(entry.text("collection"), record), field: entry.text("field"),
                kept: kept, lost: lost)
            #expect(conflict.id.hex == entry.text("id"))
        }
    }
}
