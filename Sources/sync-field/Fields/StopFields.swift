import ArgumentParser
import OutreachSchema

/// The options of a patrol's visit to a point.
struct StopFields: RecordFields {
    static var collection: CollectionDescription { .stops }
    static var noun: String { "stop" }
    static var furtherCommands: [any ParsableCommand.Type] { [LeaveStop.self] }

    @Option(help: .field("point", of: .stops)) var point: String?
    @Option(help: .field("grid", of: .stops)) var grid: String?
    @Option(help: .field("mode", of: .stops)) var mode: String?
    @Option(help: .field("arrived_at", of: .stops)) var arrivedAt: String?
    @Option(help: .field("left_at", of: .stops)) var leftAt: String?
    @Option(help: .field("team_size", of: .stops)) var teamSize: String?
    @Option(help: .field("people_helped", of: .stops)) var peopleHelped: String?
    @Option(help: .field("inquiries_answered", of: .stops)) var inquiriesAnswered: String?
    @Option(help: .field("note", of: .stops)) var note: String?

    var texts: [String: String] {
        let typed: [String: String?] = [
            "point": point,
            "grid": grid,
            "mode": mode,
            "arrived_at": arrivedAt,
            "left_at": leftAt,
            "team_size": teamSize,
            "people_helped": peopleHelped,
            "inquiries_answered": inquiriesAnswered,
            "note": note,
        ]
        return typed.compactMapValues(\.self)
    }
}
