import ArgumentParser
import OutreachSchema

/// The options of a public-education session.
struct EducationFields: RecordFields {
    static var collection: CollectionDescription { .education }
    static var noun: String { "education" }

    @Option(help: .field("topic", of: .education)) var topic: String?
    @Option(help: .field("method", of: .education)) var method: String?
    @Option(help: .field("audience", of: .education)) var audience: String?
    @Option(help: .field("grid", of: .education)) var grid: String?
    @Option(help: .field("place", of: .education)) var place: String?
    @Option(help: .field("held_at", of: .education)) var heldAt: String?
    @Option(help: .field("attendees", of: .education)) var attendees: String?
    @Option(help: .field("leaflets_distributed", of: .education)) var leafletsDistributed: String?
    @Option(help: .field("inquiries_answered", of: .education)) var inquiriesAnswered: String?
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
