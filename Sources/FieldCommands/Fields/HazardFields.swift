import ArgumentParser
import CommandKit
import OutreachSchema

/// The options of a hazard.
struct HazardFields: RecordFields {
    static var collection: CollectionDescription { .hazards }
    static var noun: String { "hazard" }
    static var furtherCommands: [any ParsableCommand.Type] {
        [AssignHazard.self, ResolveHazard.self, DismissHazard.self]
    }
    static var wordsHelp: Message { Messages.fieldHelp.hazardWords }

    @Option(
        name: .brief("c"), help: .field("category", of: .hazards),
        completion: Completions.values(of: "category", in: .hazards)) var category: String?
    @Option(
        name: .brief("s"), help: .field("severity", of: .hazards),
        completion: Completions.values(of: "severity", in: .hazards)) var severity: String?
    @Option(
        name: .brief("g"), help: .field("grid", of: .hazards),
        completion: Completions.values(of: "grid", in: .hazards)) var grid: String?
    @Option(
        help: .field("point", of: .hazards),
        completion: Completions.values(of: "point", in: .hazards)) var point: String?
    @Option(help: .field("found_at", of: .hazards)) var foundAt: String?
    @Option(
        help: .field("status", of: .hazards),
        completion: Completions.values(of: "status", in: .hazards)) var status: String?
    @Option(
        help: .field("assigned_to", of: .hazards),
        completion: Completions.values(of: "assigned_to", in: .hazards)) var assignedTo: String?
    @Option(help: .field("resolved_at", of: .hazards)) var resolvedAt: String?
    @Option(help: .field("resolution", of: .hazards)) var resolution: String?
    @Option(
        help: .field("accident_prevented", of: .hazards),
        completion: Completions.values(of: "accident_prevented", in: .hazards))
    var accidentPrevented: String?
    @Option(help: .field("note", of: .hazards)) var note: String?

    var texts: [String: String] {
        let typed: [String: String?] = [
            "category": category,
            "severity": severity,
            "grid": grid,
            "point": point,
            "found_at": foundAt,
            "status": status,
            "assigned_to": assignedTo,
            "resolved_at": resolvedAt,
            "resolution": resolution,
            "accident_prevented": accidentPrevented,
            "note": note,
        ]
        return typed.compactMapValues(\.self)
    }
}
