import CommandKit
import ReportGathering
import SyncAudit
import SyncCore

/// One conflict, for people.
struct ConflictLines {
    let listed: ListedConflict
    let space: AuditedSpace
    private let words = Messages.auditHistory

    init(_ listed: ListedConflict, _ space: AuditedSpace) {
        self.listed = listed
        self.space = space
    }

    var lines: [String] {
        let conflict = listed.conflict
        let record = conflict.record
        let field = space.label(conflict.field, in: record.collection)
        let head = "\(listed.id.hex.prefix(12))  \(space.short(record))  \(field)"
        let keptField = conflict.keptField ?? conflict.field
        return [
            head.sanitised(),
            "    " + words.kept.text(values(conflict.kept, keptField, record.collection)),
            "    " + words.lost.text(values(conflict.lost, conflict.field, record.collection)),
            "    " + state,
        ]
    }

    private var state: String {
        guard let resolution = listed.resolution else {
            return words.openSince.text(["time": space.localTime(listed.listedAt)])
        }
        return words.settledBy.text([
            "device": space.device(resolution.device), "time": space.localTime(resolution.at),
        ])
    }

    private func values(
        _ register: Register, _ field: String, _ collection: String
    ) -> Message.Values {
        let isDeletion = field == FieldName.deleted && register.value == .true
        return [
            "value": isDeletion
                ? words.isDeleted.text() : space.text(register.value, field, in: collection),
            "device": space.device(register.stamp.device),
            "time": space.localTime(register.stamp.time),
        ]
    }
}
