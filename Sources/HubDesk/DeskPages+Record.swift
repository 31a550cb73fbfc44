import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore

/// One record: its fields, its history, what can be done with it.
extension DeskPages {
    /// Batches of a log that is searched whenever a record is shown: well under a second.
    private static let searchedAlways: Int64 = 2_000

    /// What the hub's whole log holds of a record, checked. A long log is searched for one reader
    /// at a time.
    ///
    /// - Returns: nil where the log is long and nobody asked for it, or cannot be shown to go on
    ///   from what the desk holds: the page then says that there may be more.
    func entries(
        _ name: String, _ id: String, _ files: DeskFiles, isAsked: Bool
    ) async throws -> [(batch: SealedBatch, leaf: Leaf)]? {
        guard Schema.outreach.collection(named: name) != nil, let id = RecordID(hex: id) else {
            throw DeskFault.missing
        }
        let (desk, key) = (desk, RecordKey(name, id))
        if isAsked { return try await files.alone { try await desk.entries(of: key) } }
        guard try store.facts().position <= Self.searchedAlways else { return nil }
        return try? await desk.entries(of: key)
    }

    /// - Parameter entries: what the log holds of it; nil where it was not searched.
    func record(
        _ name: String, _ id: String, with entries: [(batch: SealedBatch, leaf: Leaf)]? = nil
    ) async throws -> [String: Any] {
        let (replica, zone) = try await desk.current()
        // What the hub keeps of itself is not a record of the log's.
        guard Schema.outreach.collection(named: name) != nil, let id = RecordID(hex: id),
            let view = try replica.record(RecordKey(name, id))
        else {
            throw DeskFault.missing
        }
        let collection = Schema.outreach.collection(named: name)
        let order = collection?.fields.map(\.name) ?? []
        let fields = view.values.keys.sorted {
            (order.firstIndex(of: $0) ?? .max, $0) < (order.firstIndex(of: $1) ?? .max, $1)
        }
        let status = view.values["status"]?.text ?? "open"
        return [
            "id": id.hex, "collection": name, "label": label(name), "is_deleted": view.isDeleted,
            "seen": DeskActs.mark(of: view), "is_whole": entries != nil,
            "fields": fields.map {
                ["label": fieldLabel($0, name), "value": shown(view.values[$0], $0, name, zone)]
            },
            "history": try history(view.key, replica, zone, with: entries ?? []),
            "can_assign": name == "hazards" && status == "open",
            "can_resolve": name == "hazards" && (status == "open" || status == "assigned"),
            "departments": departments,
        ]
    }

    /// Each value with who wrote it and when, when the hub received it, and what it stood against.
    private func history(
        _ key: RecordKey, _ replica: Replica, _ zone: ZoneRules,
        with entries: [(batch: SealedBatch, leaf: Leaf)]
    ) throws -> [[String: Any]] {
        let names = try deviceNames(replica)
        func name(_ device: DeviceID) -> String {
            names[device] ?? String(device.hex.prefix(12))
        }
        let conflicts = try replica.conflicts().map(\.conflict).filter { $0.record == key }
        func against(_ trace: ValueTrace) -> [String] {
            conflicts.compactMap { conflict in
                let keptField = conflict.keptField ?? conflict.field
                let sides = [
                    (conflict.kept, keptField, conflict.lost, conflict.field),
                    (conflict.lost, conflict.field, conflict.kept, keptField),
                ]
                let side = sides.first { register, field, _, _ in
                    field == trace.field && register.stamp.time == trace.stamp
                        && register.stamp.device == trace.device
                }
                guard let (_, _, other, field) = side else { return nil }
                let value = shown(other.value.value, field, key.collection, zone)
                let when = time(other.stamp.time.milliseconds, zone)
                return "\(value) (\(name(other.stamp.device)), \(when))"
            }
        }
        return try replica.history(key, with: entries).reversed().map { trace in
            [
                "field": fieldLabel(trace.field, key.collection),
                "value": shown(trace.value, trace.field, key.collection, zone),
                "who": name(trace.device), "when": time(trace.stamp.milliseconds, zone),
                "received": time(
                    try trace.receivedAt ?? trace.position.flatMap { try store.receivedAt($0) },
                    zone),
                "position": trace.position.map { "\($0)" } ?? "–",
                "lost": trace.lostTo != nil,
                "against": against(trace).joined(separator: "; "),
            ] as [String: Any]
        }
    }

    private var departments: [[String: Any]] {
        guard
            case .enumeration(let words)? = CollectionDescription.hazards
                .field(named: "assigned_to")?.type
        else { return [] }
        return words.terms.map { ["value": $0.key, "label": $0.label[labels]] }
    }
}
