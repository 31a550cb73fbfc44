package import SyncCore
import SyncProtocol
import SyncStore

extension SQLHubStore {
    /// One batch of the hub's own or of its page's device, as the log says it.
    package struct OwnAct: Sendable {
        package struct Change: Sendable {
            package let key: RecordKey
            /// The record's name, where it has one, else the first digits of its id.
            package let name: String
            package let fields: [String]
            /// Those of them that are true or false.
            package let flags: [String: Bool]
        }

        /// Who signed it.
        package let device: DeviceID
        package let position: Int64
        /// Milliseconds since 1970.
        package let receivedAt: Int64
        /// The first of them.
        package let changes: [Change]
        /// All.
        package let changeCount: Int
    }

    /// Changes of one batch that are told one by one.
    private static let changesTold = 5

    /// What the hub did itself, and what these devices did, the newest first.
    package func ownActs(limit: Int, and devices: [DeviceID] = []) throws -> [OwnAct] {
        try file.read { store in
            let all = try ([hub(store)] + devices).flatMap { device in
                try Self.acts(of: device, limit: limit, store)
            }
            return Array(all.sorted { $0.position > $1.position }.prefix(limit))
        }
    }

    private static func acts(
        of device: DeviceID, limit: Int, _ store: StoreConnection
    ) throws -> [OwnAct] {
        let journal = JournalTable(store)
        let records = RecordTable(store)
        guard let peer = try records.peers.existingNumber(of: device) else { return [] }
        let last = try WriterTable(store).writer(peer).lastNumber
        var acts: [OwnAct] = []
        for number in stride(from: last, to: max(0, last - Int64(limit)), by: -1) {
            guard let found = try journal.find(peer: peer, number: number),
                let leaf = try journal.leaf(found.position)
            else { continue }
            let batch = try journal.batch(found.position)
            let changes = try (0..<min(batch.count, changesTold)).map { index in
                let change = try batch.change(index)
                let name = try records.record(change.key)?.state()["name"]?.value.value.text
                let flags = change.set.compactMap { assignment -> (String, Bool)? in
                    guard case .bool(let flag) = assignment.value.value else { return nil }
                    return (assignment.name, flag)
                }
                return OwnAct.Change(
                    key: change.key, name: name ?? String(change.key.id.hex.prefix(12)),
                    fields: change.set.map(\.name),
                    flags: Dictionary(uniqueKeysWithValues: flags))
            }
            acts.append(
                OwnAct(
                    device: device, position: found.position,
                    receivedAt: leaf.verdict.receivedAt, changes: changes,
                    changeCount: batch.count))
        }
        return acts
    }
}
