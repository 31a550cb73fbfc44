import OutreachSchema
import SyncCore
import Testing

@Suite struct ExportTests {
    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "\"'\ta\""),
        ("'=1", "''=1"), ("'a", "'a"), ("a=1", "a=1"), ("", ""), ("a,b", "\"a,b\""),
        ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
    ])
    func textCell_isGuardedAndQuoted(_ text: String, _ written: String) {
        var writer = CSVWriter()
        writer.append([.text(text)])
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\u{FEFF}\(written)\r\n")
    }

    @Test func literalCell_isNotGuarded() {
        var writer = CSVWriter()
        writer.append([.literal("-1.5"), .literal("2021-01-05T21:40:00+08:00")])
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == "\u{FEFF}-1.5,2021-01-05T21:40:00+08:00\r\n")
    }

    @Test(arguments: LabelLanguage.allCases)
    func export_importedAgain_givesTheSameFields(_ language: LabelLanguage) throws {
        let presenter = ValuePresenter(language: language, zone: .shanghai)
        for collection in Schema.outreach.collections {
            var original = try SampleData.reader(collection)
            let rows = original.readAll().accepted
            var writer = CSVWriter()
            writer.append(collection.exportHeader(in: language))
            for row in rows { writer.append(collection.exportRow(row.fields, with: presenter)) }
            var again = try ImportReader(writer.bytes, into: collection, zone: .utc)
            let read = again.readAll()
            #expect(read.rejected.isEmpty)
            #expect(read.accepted.map(\.fields) == rows.map(\.fields), "\(collection.name)")
            #expect(read.accepted.map(\.id) == rows.map(\.id))
        }
    }

    @Test func export_riskyTexts_comeBackAsTheyWent() throws {
        let presenter = ValuePresenter(language: .english, zone: .shanghai)
        let stops = CollectionDescription.stops
        for note in ["=1+1", "-5", "'-5", "''=x", "'quoted'", "@a,\"b\"\n=c"] {
            let fields: [String: Value] = [
                "point": "P1", "arrived_at": "2021-01-05T13:40:00Z", "note": .text(note),
            ]
            var writer = CSVWriter()
            writer.append(stops.exportHeader(in: .english))
            writer.append(stops.exportRow(fields, with: presenter))
            var reader = try ImportReader(writer.bytes, into: stops, zone: .shanghai)
            #expect(reader.readAll().accepted.first?.fields == fields)
        }
    }
}
