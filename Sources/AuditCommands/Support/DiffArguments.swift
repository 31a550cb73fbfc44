import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore
import SystemTimeZones

/// What a person gave `diff`, understood.
enum DiffArguments {
    /// - Throws: `CommandFailure` (usage) for what `parse` does not understand.
    static func read<T>(
        _ text: String, _ option: String, example: String, _ parse: (String) -> T?
    ) throws -> T {
        guard let value = parse(text) else { throw unreadable(option, text, example) }
        return value
    }

    static func unreadable(
        _ option: String, _ text: String, _ example: String
    ) -> CommandFailure {
        CommandFailure(
            "option_invalid",
            Messages.auditCauses.badOption.text(["option": option, "text": text]),
            mend: Messages.auditCauses.badOptionMend.text(["example": "\(option) \(example)"]),
            status: .usage, facts: [.init("option", .string(option))])
    }

    /// The zone of the space that the first side with one names.
    static func zone(of sources: [AuditSource]) throws -> ZoneRules {
        for case .file(let file) in sources {
            let name = try SideFacts(file).timeZone
            if let zone = name.flatMap({ ZoneRules.system(named: $0) }) { return zone }
        }
        return .shanghai
    }

    /// RFC 3339, or a date: its first second in the zone.
    static func stampTime(_ text: String, in zone: ZoneRules) -> StampTime? {
        let midnight = CivilDate(text).map {
            zone.utcSeconds(of: LocalTime(date: $0, secondOfDay: 0))
        }
        guard let seconds = RFC3339.utcSeconds(text) ?? midnight else { return nil }
        return StampTime(milliseconds: seconds * 1_000)
    }

    static func shift(of state: RecordState, in zone: ZoneRules) -> Shift? {
        guard let collection = Schema.outreach.collection(named: state.key.collection),
            let field = collection.eventTimeField, let value = state[field]?.value.value
        else { return nil }
        return collection.shift(of: [field: value], in: zone)
    }
}
