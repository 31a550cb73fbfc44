import CommandKit
import HubKeeping
import SharedWords
import SyncProtocol

/// What is said of a journal that does not hold.
enum ContradictionWords {
    private static let words = Messages.keeping

    /// Of what was brought to a restore.
    static func failure(_ fault: JournalContradiction) -> CommandFailure {
        CommandFailure(
            "journal_contradiction",
            words.contradiction.text([
                "position": fault.position, "check": fault.check.rawValue,
            ]), mend: words.contradictionMend.text(), facts: facts(fault))
    }

    /// What a program may want to know of it.
    static func facts(_ fault: JournalContradiction) -> [JSONOutput.Member] {
        [
            .init("position", .int(Int(fault.position))),
            .init("check", .string(fault.check.rawValue)),
            .init("held", fault.ours.map { HeadJSON.json($0.head) } ?? .null),
            .init("shown", fault.theirs.map { HeadJSON.json($0.head) } ?? .null),
        ]
    }
}
