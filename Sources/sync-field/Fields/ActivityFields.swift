import ArgumentParser
import OutreachSchema

/// The options of a volunteer activity.
struct ActivityFields: RecordFields {
    static var collection: CollectionDescription { .activities }
    static var noun: String { "activity" }

    @Option(help: .field("kind", of: .activities)) var kind: String?
    @Option(help: .field("organisation", of: .activities)) var organisation: String?
    @Option(help: .field("grid", of: .activities)) var grid: String?
    @Option(help: .field("place", of: .activities)) var place: String?
    @Option(help: .field("started_at", of: .activities)) var startedAt: String?
    @Option(help: .field("ended_at", of: .activities)) var endedAt: String?
    @Option(help: .field("volunteers", of: .activities)) var volunteers: String?
    @Option(help: .field("people_helped", of: .activities)) var peopleHelped: String?
    @Option(help: .field("inquiries_answered", of: .activities)) var inquiriesAnswered: String?
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
