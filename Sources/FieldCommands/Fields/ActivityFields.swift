import ArgumentParser
import CommandKit
import OutreachSchema

/// The options of a volunteer activity.
struct ActivityFields: RecordFields {
    static var collection: CollectionDescription { .activities }
    static var noun: String { "activity" }
    static var wordsHelp: Message { Messages.fieldHelp.activityWords }

    @Option(
        help: .field("kind", of: .activities),
        completion: Completions.values(of: "kind", in: .activities)) var kind: String?
    @Option(name: .brief("o"), help: .field("organisation", of: .activities)) var organisation:
        String?
    @Option(
        name: .brief("g"), help: .field("grid", of: .activities),
        completion: Completions.values(of: "grid", in: .activities)) var grid: String?
    @Option(help: .field("place", of: .activities)) var place: String?
    @Option(help: .field("started_at", of: .activities)) var startedAt: String?
    @Option(help: .field("ended_at", of: .activities)) var endedAt: String?
    @Option(name: .brief("v"), help: .field("volunteers", of: .activities)) var volunteers: String?
    @Option(name: .brief("p"), help: .field("people_helped", of: .activities)) var peopleHelped:
        String?
    @Option(name: .brief("q"), help: .field("inquiries_answered", of: .activities))
    var inquiriesAnswered: String?
    @Option(help: .field("note", of: .activities)) var note: String?

    var texts: [String: String] {
        let typed: [String: String?] = [
            "kind": kind,
            "organisation": organisation,
            "grid": grid,
            "place": place,
            "started_at": startedAt,
            "ended_at": endedAt,
            "volunteers": volunteers,
            "people_helped": peopleHelped,
            "inquiries_answered": inquiriesAnswered,
            "note": note,
        ]
        return typed.compactMapValues(\.self)
    }
}
