public import SyncCore

/// Writes a FeatureCollection (RFC 7946): a point where the record, or the point that it names, has
/// a place; else a feature without a geometry. Its properties are the record's fields, never a
/// person or a device.
public struct GeoJSONWriter: Sendable {
    /// What was written and not taken away.
    public private(set) var bytes = Array(#"{"type":"FeatureCollection","features":["#.utf8)
    /// By the code's bytes: Swift takes other spellings of one letter for the same text.
    private var places: [[UInt8]: GeoPosition] = [:]
    private var isEmpty = true

    public init() {}

    /// Takes a live point: what names it stands there.
    public mutating func addPoint(_ values: [String: Value]) {
        guard let code = values["code"]?.text else { return }
        places[Array(code.utf8)] = GeoPosition(values)
    }

    public mutating func append(_ record: ExportRecord, of collection: CollectionDescription) {
        if !isEmpty { bytes += ",\n".utf8 }
        isEmpty = false
        let place =
            GeoPosition(record.values)
            ?? record.values["point"]?.text.flatMap { places[Array($0.utf8)] }
        bytes += #"{"type":"Feature","id":"\#(record.id.hex)","geometry":"#.utf8
        if let place {
            // Longitude comes first (§3.1.1).
            bytes += #"{"type":"Point","coordinates":["#.utf8
            CanonicalJSON.append(Value.number(place.longitude), to: &bytes)
            bytes.append(UInt8(ascii: ","))
            CanonicalJSON.append(Value.number(place.latitude), to: &bytes)
            bytes += "]}".utf8
        } else {
            bytes += "null".utf8
        }
        bytes += #","properties":{"id":"\#(record.id.hex)""#.utf8
        let known = collection.fields.map(\.name).filter { record.values[$0] != nil }
        for name in known + record.values.keys.filter({ !known.contains($0) }).sorted() {
            // Names of fields need no escaping: letters, digits and underscores.
            bytes += #","\#(name)":"#.utf8
            CanonicalJSON.append(record.values[name] ?? .null, to: &bytes)
        }
        bytes += #","stamp":"\#(record.stamp)"}}"#.utf8
    }

    /// Ends the collection; nothing may follow.
    public mutating func finish() { bytes += "]}\n".utf8 }

    /// What was written since the last time, to be put elsewhere.
    public mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }
}
