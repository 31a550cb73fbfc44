import SyncCore
import SyncProtocol
import SyncStore

extension SQLHubStore {
    /// One batch of the hub's own, as its log says it.
    package struct OwnAct: Sendable {
        package struct Change: Sendable {
            package let collection: String
            /// The record's name, where it has one, else the first digits of its id.
            package let name: String
            package let fields: [String]
        }

        package let position: Int64
        /// Milliseconds since 1970.
        package let receivedAt: Int64
        package let changes: [Change]
    }

    /// Changes of one batch that are told one by one.
    private static let changesTold = 20

    /// What the hub did itself, the newest first.
    package func ownActs(limit: Int) throws -> [OwnAct] {
        try file.read { store in
            let journal = JournalTable(store)
            let records = RecordTable(store)
            guard let peer = try records.peers.existingNumber(of: hub(store)) else {
                return []
            }
            let last = try WriterTable(store).writer(peer).lastNumber
            var acts: [OwnAct] = []
            for number in stride(from: last, to: max(0, last - Int64(limit)), by: -1) {
                guard let found = try journal.find(peer: peer, number: number),
                    let leaf = try journal.leaf(found.position)
                else { continue }
                let batch = try journal.batch(found.position)
                let changes = try (0..<min(batch.count, Self.changesTold)).map { index in
                    let change = try batch.change(index)
                    let name = try records.record(change.key)?.state()["name"]?.value.value.text
                    return OwnAct.Change(
                        collection: change.key.collection,
                        name: name ?? String(change.key.id.hex.prefix(12)),
                        fields: change.set.map(\.name))
                }
                acts.append(
                    OwnAct(
                        position: found.position, receivedAt: leaf.verdict.receivedAt,
                        changes: changes))
            }
            return acts
        }
    }
}
