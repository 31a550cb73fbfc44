import OutreachSchema
import SyncCore
import Testing

/// Records on a map, as RFC 7946 has them.
@Suite struct GeoJSONTests {
    private func record(_ collection: String, _ values: [String: Value]) -> ExportRecord {
        let stamp = Stamp(
            time: StampTime(milliseconds: 1_700_000_000_000),
            device: ID128(hex: String(repeating: "a", count: 32))!)
        var state = RecordState(
            RecordKey(collection, ID128(hex: String(repeating: "b", count: 32))!))
        for (name, value) in values { state.put(name, Register(CanonicalValue(value), stamp)) }
        return ExportRecord(state)
    }

    private func features(_ writer: GeoJSONWriter) throws -> [JSONValue] {
        try JSONParser.parse(Array(writer.bytes.dropLast()))["features"]?.array ?? []
    }

    @Test func stop_standsWhereItsPointDoes_longitudeFirst() throws {
        var writer = GeoJSONWriter()
        writer.addPoint(["code": .text("NDJ-1"), "lat": .number(31.5), "lon": .number(119.25)])
        let stop = record("stops", ["point": .text("NDJ-1"), "note": .text("a \"b\"\n<c>")])
        writer.append(stop, of: .stops)
        writer.append(record("stops", ["point": .text("NDJ-2")]), of: .stops)
        writer.finish()
        let found = try features(writer)
        #expect(found.count == 2)
        #expect(found[0]["geometry"]?["coordinates"] == [.number(119.25), .number(31.5)])
        #expect(found[0]["properties"]?["note"] == "a \"b\"\n<c>")
        #expect(found[1]["geometry"] == .null)
    }

    /// Two spellings of one letter are two codes, as everywhere in the log.
    @Test func codes_areComparedByBytes() throws {
        var writer = GeoJSONWriter()
        writer.addPoint(["code": .text("\u{E9}"), "lat": .number(1), "lon": .number(2)])
        writer.addPoint(["code": .text("e\u{301}"), "lat": .number(3), "lon": .number(4)])
        writer.append(record("stops", ["point": .text("\u{E9}")]), of: .stops)
        writer.append(record("stops", ["point": .text("e\u{301}")]), of: .stops)
        writer.finish()
        let places = try features(writer).map { $0["geometry"]?["coordinates"] }
        #expect(places == [[2, 1], [4, 3]])
    }

    @Test(arguments: [(91.0, 0.0), (0.0, 181.0), (-91.0, 0.0), (0.0, -180.5)])
    func positionOffTheEarth_isNone(_ latitude: Double, _ longitude: Double) {
        #expect(GeoPosition(latitude: latitude, longitude: longitude) == nil)
    }

    @Test func pieces_joinToTheWhole() throws {
        var (whole, pieces) = (GeoJSONWriter(), GeoJSONWriter())
        var joined: [UInt8] = []
        for number in 0..<3 {
            let one = record("stops", ["people_helped": .number(Double(number))])
            whole.append(one, of: .stops)
            pieces.append(one, of: .stops)
            joined += pieces.takeBytes()
        }
        whole.finish()
        pieces.finish()
        #expect(joined + pieces.takeBytes() == whole.bytes)
        #expect(try features(whole).count == 3)
    }
}
