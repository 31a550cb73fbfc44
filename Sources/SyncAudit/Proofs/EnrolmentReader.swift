import SyncCore
import SyncProtocol

/// The devices that a batch of the hub enrols.
enum EnrolmentReader {
    struct Device {
        let key: PublicKey
        let enrolment: ProvenChange.Enrolment
    }

    /// - Throws: `ProofFault` (form) if a change cannot be read.
    static func devices(in entry: RecordProof.Entry) throws(ProofFault) -> [Device] {
        let position = entry.leaf.position
        do {
            return try devices(in: entry.batch, position: position)
        } catch {
            throw ProofFault(.form, "\(position)")
        }
    }

    /// - Throws: `JSONError`.
    static func devices(in batch: SealedBatch, position: Int64) throws -> [Device] {
        try batch.changes.indices.compactMap { index in
            guard batch.key(index).collection == HubCollection.devices else { return nil }
            let set = try batch.change(index).set
            func text(_ name: String) -> String? {
                set.first { $0.name == name }?.value.value.text
            }
            guard let key = text("key").flatMap({ PublicKey(hex: $0) }),
                key.deviceID == batch.key(index).id
            else { return nil }
            return Device(
                key: key,
                enrolment: .init(
                    name: text("name") ?? "", role: text("role") ?? "", position: position))
        }
    }
}
