import SyncCore
import Testing

@testable import OutreachSchema

@Suite struct SchemaTests {
    /// On failure, write `Schema.outreach.jsonDocument()` into Protocol/schema.json.
    @Test func schemaFile_equalsTheSchema() throws {
        let bytes = try SampleData.bytes("../../Protocol/schema.json")
        #expect(try JSONParser.parse(bytes) == Schema.outreach.jsonDocument())
    }

    @Test func names_fitTheProtocol() {
        for collection in Schema.outreach.collections {
            for name in [collection.name] + collection.fields.map(\.name) {
                #expect(name.wholeMatch(of: /[a-z][a-z0-9_]{0,31}/) != nil, "\(name)")
            }
            #expect(Set(collection.fields.map(\.name)).count == collection.fields.count)
        }
    }

    @Test func headers_nameOneFieldEach() {
        for collection in Schema.outreach.collections {
            for field in collection.fields {
                for header in [field.name, field.label.en, field.label.zh] + field.headers {
                    let key = TextFolding.matchKey(header)
                    let named = collection.fields.filter { $0.isNamed(by: key) }
                    #expect(named.map(\.name) == [field.name], "\(collection) \(header)")
                }
            }
        }
    }

    @Test func listColumnsAndSpans_nameFields() {
        for collection in Schema.outreach.collections {
            let spanned = collection.spans.flatMap { [$0.start, $0.end] }
            let timed = collection.eventTimeField.map { [$0] } ?? []
            for name in collection.listColumns + spanned + timed {
                #expect(collection.field(named: name) != nil, "\(collection.name).\(name)")
            }
        }
    }

    @Test func views_haveAColumnForEachField() {
        let stops = Schema.outreach.views.first { $0.name == "stops" }
        #expect(stops?.collection == "stops")
        #expect(stops?.columns.map(\.field) == CollectionDescription.stops.fields.map(\.name))
    }

    @Test func unknownNames_areNilAndShownAsTheyAre() {
        #expect(Schema.outreach.collection(named: "drones") == nil)
        #expect(CollectionDescription.stops.field(named: "weather") == nil)
        let presenter = ValuePresenter(language: .chinese, zone: .shanghai)
        #expect(presenter.text(of: "rain", for: nil) == "rain")
        let mode = CollectionDescription.stops.field(named: "mode")
        #expect(presenter.text(of: "hovercraft", for: mode) == "hovercraft")
        #expect(presenter.text(of: 3, for: mode) == "3")
        #expect(presenter.text(of: "foot", for: mode) == "步巡")
        let arrived = CollectionDescription.stops.field(named: "arrived_at")
        #expect(presenter.text(of: "some day", for: arrived) == "some day")
    }

    @Test func repeated_leavesOutTimesOutcomesAndWhatIsGiven() {
        let last: [String: Value] = [
            "point": "NDJ-014", "grid": "JC01", "mode": "foot", "team_size": 3,
            "arrived_at": "2021-01-05T13:40:00Z", "left_at": "2021-01-05T13:50:00Z",
            "people_helped": 2, "note": "x", "weather": "rain",
        ]
        let stops = CollectionDescription.stops
        #expect(
            stops.repeated(from: last)
                == ["point": "NDJ-014", "grid": "JC01", "mode": "foot", "team_size": 3])
        #expect(
            stops.repeated(from: last, overriding: ["point"]) == ["mode": "foot", "team_size": 3])
    }

    @Test func shiftOfRecord_followsItsEventTime() {
        let fields: [String: Value] = ["arrived_at": "2021-01-05T16:40:00Z"]
        let stops = CollectionDescription.stops
        #expect(stops.shift(of: fields, in: .shanghai)?.description == "2021-01-05")
        #expect(stops.shift(of: ["arrived_at": 4], in: .shanghai) == nil)
    }
}
