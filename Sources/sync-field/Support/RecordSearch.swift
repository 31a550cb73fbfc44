import CommandKit
import SyncCore
import SyncReplica

/// Finds the record that a person means by the beginning of an id, or by `last`.
struct RecordSearch {
    let open: OpenReplica
    /// Whether `last` means the newest deleted record: for restoring.
    var wantsDeleted = false

    /// Fewer digits would hit the wrong record too easily.
    static let leastDigits = 4
    static let last = "last"

    /// - Throws: `CommandFailure`, `ReplicaFault`.
    func record(_ text: String, in collection: String) throws -> RecordView {
        guard text != Self.last else { return try latest(in: collection) }
        try Self.check(text)
        return try open.replica.find(collection, idPrefix: text)
    }

    /// A record of any collection, also one that only the changes of this device name.
    func key(anywhere text: String) throws -> RecordKey {
        guard text != Self.last else { return try latest(in: nil).key }
        try Self.check(text)
        let keys = try open.replica.keys(idPrefix: text)
        guard let key = keys.first else {
            throw ReplicaFault.recordMissing(collection: "", id: text)
        }
        guard keys.count == 1 else {
            throw ReplicaFault.recordAmbiguous(prefix: text, count: keys.count)
        }
        return key
    }

    /// The newest live (or deleted) record that this device made.
    private func latest(in collection: String?) throws -> RecordView {
        if let view = try open.replica.latestOwnRecord(in: collection, isDeleted: wantsDeleted) {
            return view
        }
        throw CommandFailure(
            "no_last", Messages.fieldRecords.noLast.text(),
            mend: Messages.fieldRecords.noLastMend.text())
    }

    static func check(_ text: String) throws {
        let digits = text.filter { $0 != "-" }
        guard digits.count >= leastDigits, digits.allSatisfy(\.isHexDigit), digits.count <= 32,
            digits.utf8.count == digits.count
        else {
            throw CommandFailure(
                "id_invalid",
                Messages.fieldRecords.idInvalid.text(["id": text, "n": leastDigits]),
                mend: Messages.fieldRecords.idInvalidMend.text(), status: .usage)
        }
    }
}
