public import SyncCore

/// Ids of imported records: the same row has the same id on every device, so that importing a
/// file twice, or on two devices, adds nothing. Source: Protocol/README.md §12.
public struct ImportIdentity: Sendable {
    private let collection: String
    /// How often each row was met, by its id as a first occurrence.
    private var occurrencesByFirstID: [RecordID: Int] = [:]

    public init(collection: String) {
        self.collection = collection
    }

    /// The id of the next row of a file. Equal rows are told apart by how many came before.
    public mutating func id(of fields: [String: Value]) -> RecordID {
        if collection == CollectionDescription.points.name, let code = fields["code"]?.text {
            return Self.point(code: code)
        }
        var row = Array("\(collection)\n".utf8)
        Self.append(fields, to: &row)
        row.append(UInt8(ascii: "\n"))
        let first = Self.hash(row, occurrence: 1)
        let occurrence = occurrencesByFirstID[first, default: 0] + 1
        occurrencesByFirstID[first] = occurrence
        return occurrence == 1 ? first : Self.hash(row, occurrence: occurrence)
    }

    /// A point's id follows from its code alone: a corrected file edits the same points.
    public static func point(code: String) -> RecordID {
        hash(Array("points\n\(code)\n".utf8), occurrence: 1)
    }

    private static func hash(_ row: [UInt8], occurrence: Int) -> RecordID {
        MessageKind.imported.hash(row + Array("\(occurrence)".utf8)).prefixID
    }

    /// Canonical JSON of the fields.
    private static func append(_ fields: [String: Value], to out: inout [UInt8]) {
        let names = fields.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        out.append(UInt8(ascii: "{"))
        for (index, name) in names.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(text: name, to: &out)
            out.append(UInt8(ascii: ":"))
            CanonicalJSON.append(fields[name]!, to: &out)
        }
        out.append(UInt8(ascii: "}"))
    }
}
