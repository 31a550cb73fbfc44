import SyncCore
import SyncReplica

/// Finds the conflict that a person means by a row of the last list or the beginning of its id.
enum ConflictSearch {
    /// The name under which the rows of `conflict list` are kept.
    static let list = "conflicts"

    static func conflict(_ text: String, in open: OpenReplica) throws -> ConflictView {
        if let row = ListMemory.row(text),
            let key = ListMemory(open.replica).key(ofRow: row, in: list)
        {
            return try open.replica.conflict(idPrefix: key.id.hex)
        }
        try RecordSearch.check(text)
        return try open.replica.conflict(idPrefix: text)
    }
}
