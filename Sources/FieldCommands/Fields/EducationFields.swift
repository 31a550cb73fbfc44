import ArgumentParser
import CommandKit
import OutreachSchema

/// The options of a public-education session.
struct EducationFields: RecordFields {
    static var collection: CollectionDescription { .education }
    static var noun: String { "education" }
    static var wordsHelp: Message { Messages.fieldHelp.educationWords }

    @Option(
        help: .field("topic", of: .education),
        completion: Completions.values(of: "topic", in: .education)) var topic: String?
    @Option(
        name: .brief("m"), help: .field("method", of: .education),
        completion: Completions.values(of: "method", in: .education)) var method: String?
    @Option(
        help: .field("audience", of: .education),
        completion: Completions.values(of: "audience", in: .education)) var audience: String?
    @Option(
        name: .brief("g"), help: .field("grid", of: .education),
        completion: Completions.values(of: "grid", in: .education)) var grid: String?
    @Option(help: .field("place", of: .education)) var place: String?
    @Option(help: .field("held_at", of: .education)) var heldAt: String?
    @Option(name: .brief("a"), help: .field("attendees", of: .education)) var attendees: String?
    @Option(name: .brief("l"), help: .field("leaflets_distributed", of: .education))
    var leafletsDistributed: String?
    @Option(name: .brief("q"), help: .field("inquiries_answered", of: .education))
    var inquiriesAnswered: String?
    @Option(help: .field("note", of: .education)) var note: String?

    var texts: [String: String] {
        let typed: [String: String?] = [
            "topic": topic,
            "method": method,
            "audience": audience,
            "grid": grid,
            "place": place,
            "held_at": heldAt,
            "attendees": attendees,
            "leaflets_distributed": leafletsDistributed,
            "inquiries_answered": inquiriesAnswered,
            "note": note,
        ]
        return typed.compactMapValues(\.self)
    }
}
