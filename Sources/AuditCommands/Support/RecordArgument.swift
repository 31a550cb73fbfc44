import CommandKit
import ReportGathering
import SyncAudit
import SyncCore

/// The record that a person means by the beginning of an id.
enum RecordArgument {
    private static let words = Messages.auditHistory

    /// - Throws: `CommandFailure`, `StoreError`.
    static func key(_ text: String, in file: AuditFile) throws -> RecordKey {
        guard let finder = RecordFinder(text) else {
            throw CommandFailure(
                "id_invalid", words.badID.text(["id": text]),
                mend: words.badIDMend.text(["n": RecordFinder.leastDigits]), status: .usage)
        }
        let keys = try finder.keys(in: file)
        guard let key = keys.first else {
            throw CommandFailure(
                "record_missing", words.recordMissing.text(["id": text, "path": file.name]),
                mend: words.recordMissingMend.text())
        }
        guard keys.count == 1 else { throw ambiguous(text, keys) }
        guard key.collection != HubCollection.conflicts else { throw try isConflict(key, file) }
        return key
    }

    private static func ambiguous(_ text: String, _ keys: [RecordKey]) -> CommandFailure {
        let ids = keys.map { "\($0.collection)/\($0.id.hex)" }
        return CommandFailure(
            "record_ambiguous",
            words.ambiguous.text(["id": text, "ids": ids.joined(separator: ", ")]),
            mend: words.ambiguousMend.text(), status: .usage,
            facts: [.init("records", .array(ids.map { .string($0) }))])
    }

    private static func isConflict(_ key: RecordKey, _ file: AuditFile) throws -> CommandFailure {
        let listed = try ConflictListing(file).conflicts.first { $0.id == key.id }
        let record = listed.map { "\($0.conflict.record.collection)/\($0.conflict.record.id.hex)" }
        return CommandFailure(
            "is_conflict", words.isConflict.text(["id": key.id.hex.prefix(12)]),
            mend: words.isConflictMend.text(["record": record ?? "?"]), status: .usage,
            facts: [.init("record", JSONOutput(record))])
    }
}
