import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// Finds the record that a person means by a row of the last list, by the beginning of an id, or by
/// `last`; a point by its code or name too.
struct RecordSearch {
    let open: OpenReplica
    /// Whether `last` means the record deleted last: for restoring.
    var wantsDeleted = false

    /// Fewer digits would hit the wrong record too easily.
    static let leastDigits = 4
    static let last = "last"

    /// - Throws: `CommandFailure`, `ReplicaFault`.
    func record(_ text: String, in collection: String) throws -> RecordView {
        guard text != Self.last else { return try latest(in: collection) }
        if collection == CollectionDescription.points.name { return try point(text) }
        if let row = ListMemory.row(text) {
            return try view(of: try key(ofRow: row, in: collection))
        }
        try Self.check(text)
        return try open.replica.find(collection, idPrefix: text)
    }

    private func view(of key: RecordKey) throws -> RecordView {
        guard let view = try open.replica.record(key) else {
            throw ReplicaFault.recordMissing(
                collection: key.collection, id: String(key.id.hex.prefix(12)))
        }
        return view
    }

    private func key(ofRow row: Int, in collection: String?) throws -> RecordKey {
        if let key = ListMemory(open.replica).key(ofRow: row, in: collection) { return key }
        let noun = collection.flatMap { CollectionName.noun(of: $0) } ?? "stop"
        throw CommandFailure(
            "row_unknown", Messages.fieldRecords.rowUnknown.text(["row": row]),
            mend: Messages.fieldRecords.rowUnknownMend.text(["noun": noun]), status: .usage)
    }

    /// A point has a code: numbers are codes, not rows.
    private func point(_ text: String) throws -> RecordView {
        switch try open.allPlaces().point(text) {
        case .one(let point):
            return try view(
                of: RecordKey(
                    CollectionDescription.points.name, ImportIdentity.point(code: point.code)))
        case .several, .unknown:
            try Self.check(text)
            return try open.replica.find(CollectionDescription.points.name, idPrefix: text)
        }
    }

    /// A record of any collection, also one that only the changes of this device name.
    func key(anywhere text: String) throws -> RecordKey {
        guard text != Self.last else { return try latest(in: nil).key }
        if let row = ListMemory.row(text) { return try key(ofRow: row, in: nil) }
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

    /// The newest live record that this device made, or the one that it deleted last.
    private func latest(in collection: String?) throws -> RecordView {
        let view =
            try wantsDeleted
            ? open.replica.latestOwnDeletion(in: collection)
            : open.replica.latestOwnRecord(in: collection)
        if let view { return view }
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
