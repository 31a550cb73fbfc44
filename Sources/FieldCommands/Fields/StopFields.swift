import ArgumentParser
import CommandKit
import OutreachSchema

/// The options of a patrol's visit to a point.
struct StopFields: RecordFields {
    static var collection: CollectionDescription { .stops }
    static var noun: String { "stop" }
    static var wordsHelp: Message { Messages.fieldHelp.stopWords }
    static var furtherCommands: [any ParsableCommand.Type] { [LeaveStop.self] }

    @Option(
        help: .field("point", of: .stops), completion: Completions.values(of: "point", in: .stops))
    var point: String?
    @Option(
        name: .brief("g"), help: .field("grid", of: .stops),
        completion: Completions.values(of: "grid", in: .stops)) var grid: String?
    @Option(
        name: .brief("m"), help: .field("mode", of: .stops),
        completion: Completions.values(of: "mode", in: .stops)) var mode: String?
    @Option(help: .field("arrived_at", of: .stops)) var arrivedAt: String?
    @Option(help: .field("left_at", of: .stops)) var leftAt: String?
    @Option(name: .brief("t"), help: .field("team_size", of: .stops)) var teamSize: String?
    @Option(name: .brief("p"), help: .field("people_helped", of: .stops)) var peopleHelped: String?
    @Option(name: .brief("q"), help: .field("inquiries_answered", of: .stops))
    var inquiriesAnswered: String?
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
