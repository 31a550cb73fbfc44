import OutreachSchema
import SyncCore
import Testing

/// What a word for a place may mean.
@Suite struct PlaceDirectoryTests {
    private static let places = PlaceDirectory([
        KnownPoint(code: "NDJ-001", name: "莱蒙都会1号点", grid: "JC17"),
        KnownPoint(code: "NDJ-014", name: "南大街14号", grid: "SM04"),
        KnownPoint(code: "NDJ-114", name: "南大街114号", grid: "JC13"),
        KnownPoint(code: "NDJ-120", name: "Old Gate", grid: "JC05"),
        KnownPoint(code: "SM-7", name: "市民广场", grid: "SM05"),
        KnownPoint(code: "NDJ-007", name: "钟楼", grid: "JC07"),
        KnownPoint(code: "NDJ-099", name: "旧仓库", grid: nil, isActive: false),
    ])

    private func found(_ text: String) -> String {
        switch Self.places.point(text) {
        case .one(let point): point.code
        case .several(let points): points.map(\.code).joined(separator: "|")
        case .unknown(let nearest): "?" + nearest.map(\.code).joined(separator: "|")
        }
    }

    @Test(arguments: [
        ("NDJ-014", "NDJ-014"), ("ndj-014", "NDJ-014"), ("ｎｄｊ－０１４", "NDJ-014"),
        ("14", "NDJ-014"), ("014", "NDJ-014"), ("１４", "NDJ-014"), ("114", "NDJ-114"),
        ("ndj14", "NDJ-014"), ("NDJ014", "NDJ-014"), ("J-014", "NDJ-014"), ("DJ-114", "NDJ-114"),
        ("7", "NDJ-007|SM-7"), ("sm7", "SM-7"), ("4", "?"), ("999", "?"),
        ("钟楼", "NDJ-007"), ("仓库", "?"), ("NDJ-099", "NDJ-099"), ("99", "?"),
        ("南大街14号", "NDJ-014"), ("南大街", "NDJ-014|NDJ-114"), ("old gate", "NDJ-120"),
        ("NDJ-O14", "?NDJ-014"), ("NDJ-0l4", "?NDJ-014"), ("NJD-014", "?NDJ-014"),
        ("市民广厂", "?SM-7"), ("ZZZZZZ", "?"),
    ])
    func point_word(_ text: String, _ expected: String) {
        #expect(found(text) == expected)
    }

    @Test func grid_wordOrNumber() {
        let places = Self.places
        #expect(places.grid("jc17") == .one("JC17"))
        #expect(places.grid("17") == .one("JC17"))
        #expect(places.grid("5") == .several(["JC05", "SM05"]))
        #expect(places.grid("JC5") == .one("JC05"))
        #expect(places.grid("JC71") == .unknown(nearest: ["JC17"]))
    }

    private func codes(
        _ texts: [String: String], leniency: EntryLeniency = [],
        places: PlaceDirectory = Self.places
    ) -> [String] {
        let checker = EntryChecker(
            .stops, zone: .shanghai, now: 1_609_855_200, places: places, leniency: leniency)
        do throws(EntryProblems) {
            let fields = try checker.newRecord(texts).fields
            return [fields["point"]?.text ?? "", fields["grid"]?.text ?? ""]
        } catch {
            return error.problems.map { "\($0.field ?? "-") \($0.code)" }
        }
    }

    @Test func entry_point_bringsItsGrid() {
        #expect(codes(["point": "14"]) == ["NDJ-014", "SM04"])
        #expect(codes(["point": "14", "grid": "17"]) == ["NDJ-014", "JC17"])
        #expect(codes(["point": "14", "grid": ""]) == ["NDJ-014", ""])
    }

    @Test func entry_unknownPlace_isRefusedUnlessNew() {
        #expect(codes(["point": "NDJ-O14"]) == ["point unknown_place"])
        #expect(codes(["point": "NDJ-O14"], leniency: .newPlaces) == ["NDJ-O14", ""])
        #expect(codes(["point": "7"]) == ["point ambiguous_place"])
        #expect(codes(["point": "14", "grid": "XX1"]) == ["grid unknown_place"])
        #expect(codes(["point": "NDJ-O14"], places: .empty) == ["NDJ-O14", ""])
    }

    @Test(arguments: [
        ("b", "bicycle"), ("f", "foot"), ("v", "vehicle"), ("步", "foot"), ("骑行", "bicycle"),
        ("Car", "vehicle"), ("by v", "vehicle"),
    ])
    func entry_mode_byLetterOrWord(_ text: String, _ expected: String) throws {
        let checker = EntryChecker(.stops, zone: .shanghai, now: 1_609_855_200)
        let entry = try checker.newRecord(["point": "P1", "mode": text])
        #expect(entry.fields["mode"]?.text == expected)
    }

    @Test func entry_wordNearAKnownOne_isDoubted() throws {
        func kind(_ text: String, _ leniency: EntryLeniency = []) throws -> String? {
            try EntryChecker(.activities, zone: .shanghai, now: 1_609_855_200, leniency: leniency)
                .newRecord(["kind": text]).fields["kind"]?.text
        }
        #expect(try kind("pat") == "patrol")
        #expect(try kind("帮忙找人") == "帮忙找人")
        let error = #expect(throws: EntryProblems.self) { try kind("patrl") }
        #expect(error?.problems.first?.code.description == "near_word")
        #expect(error?.problems.first?.choices.map(\.text) == ["patrol"])
        #expect(try kind("patrl", .asIs) == "patrl")
    }
}
