import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore

/// Both values of each conflict, with their story.
extension DeskPages {
    func conflicts() async throws -> [String: Any] {
        let (replica, zone) = try await desk.current()
        let names = try deviceNames(replica)
        let open = try replica.conflicts().filter { !$0.isSettled }
        func side(_ register: Register, _ field: String, _ collection: String) -> [String: Any] {
            [
                "value": shown(register.value.value, field, collection, zone),
                "who": names[register.stamp.device] ?? "–",
                "when": time(register.stamp.time.milliseconds, zone),
            ]
        }
        return [
            "conflicts": try open.map { view in
                let record = try replica.record(view.conflict.record)
                let conflict = view.conflict
                let name = conflict.record.collection
                let keptField = conflict.keptField ?? conflict.field
                let present = record?.state[conflict.field]
                // Somebody may have written since the two met.
                let newer = present.map { $0.stamp != conflict.kept.stamp } ?? false
                return [
                    "seen": record.map { DeskActs.mark(of: $0) } ?? "-",
                    "now": newer ? present.map { [side($0, conflict.field, name)] } ?? [] : [],
                    "id": view.id.hex, "collection": label(name), "name": name,
                    "record": conflict.record.id.hex, "field": fieldLabel(conflict.field, name),
                    "kept": side(conflict.kept, keptField, name),
                    "lost": side(conflict.lost, conflict.field, name),
                    "can_edit": conflict.field != FieldName.deleted
                        && keptField != FieldName.deleted,
                ] as [String: Any]
            }
        ]
    }
}
