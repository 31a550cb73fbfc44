import SyncCore
import SyncProtocol
import TestSupport
import Testing

@testable import SyncHub

extension SimulatedHub {
    /// Each batch is there once, in its chain; signatures hold; the journal replays to the state.
    func expectWholeJournal(seed: UInt64) throws {
        let facts = try store.facts()
        var memory = MemoryHub(hub: facts.hubKey.deviceID)
        var keys = [facts.hubKey.deviceID: facts.hubKey]
        var last: [DeviceID: (number: Int64, hash: Hash256)] = [:]
        for (batch, leaf) in try journal() {
            let before = last[batch.device] ?? (0, .zero)
            #expect(batch.number == before.number + 1, "seed \(seed): gap or repeat")
            #expect(batch.previous == before.hash, "seed \(seed): chain")
            last[batch.device] = (batch.number, batch.hash)
            let isSigned = keys[batch.device]?.verifies(batch.signature, .batch, batch.bytes)
            #expect(isSigned == true, "seed \(seed): signature of \(leaf.position)")
            let changes = try (0..<batch.count).map { try batch.change($0) }
            if batch.device == facts.hubKey.deviceID {
                for change in changes where change.key.collection == HubCollection.devices {
                    let hex = change.set.first { $0.name == "key" }?.value.value.text
                    keys[change.key.id] = hex.flatMap { PublicKey(hex: $0) } ?? keys[change.key.id]
                }
            }
            let verdict = try memory.apply(
                changes, device: batch.device, number: batch.number,
                hubTime: leaf.verdict.receivedAt, position: leaf.position, space: facts.space,
                healing: batch.healing(leaf))
            #expect(verdict == leaf.verdict, "seed \(seed): replay of \(leaf.position)")
        }
        #expect(memory.digest == (try store.status().digest), "seed \(seed): replay's state")
    }
}
