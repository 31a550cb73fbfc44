import OutreachSchema
import Testing

/// What words without an option stand for.
@Suite struct BareWordsTests {
    private static let places = PlaceDirectory([
        KnownPoint(code: "NDJ-014", name: "南大街14号", grid: "JC05"),
        KnownPoint(code: "NDJ-015", name: "钟楼", grid: "JC06"),
    ])

    private func read(
        _ words: [String], _ collection: CollectionDescription, given: Set<String> = [],
        places: PlaceDirectory = Self.places, leniency: EntryLeniency = []
    ) -> [String: String] {
        do throws(EntryProblems) {
            return try BareWords.texts(
                of: words, in: collection, given: given, places: places, leniency: leniency)
        } catch {
            return ["error": error.problems.map(\.code.description).joined(separator: ",")]
        }
    }

    @Test func stop_pointThenNote() {
        #expect(read(["14", "灯箱松动"], .stops) == ["point": "14", "note": "灯箱松动"])
        #expect(read(["14", "灯箱", "松动"], .stops) == ["point": "14", "note": "灯箱 松动"])
        #expect(read(["灯箱松动"], .stops, given: ["point"]) == ["note": "灯箱松动"])
        #expect(read(["14", "x"], .stops, given: ["note"]) == ["error": "given_twice"])
    }

    @Test func note_withAnOptionThatLostItsHyphen_isDoubted() {
        #expect(read(["14", "p2"], .stops) == ["error": "option_like"])
        #expect(read(["14", "ｐ２", "x"], .stops) == ["error": "option_like"])
        #expect(read(["14", "p2"], .stops, leniency: .asIs) == ["point": "14", "note": "p2"])
        #expect(read(["14", "2p"], .stops) == ["point": "14", "note": "2p"])
    }

    @Test func hazard_pointAndCategoryInEitherOrder() {
        let expected = ["point": "14", "category": "消防", "note": "堵了"]
        #expect(read(["14", "消防", "堵了"], .hazards) == expected)
        #expect(read(["消防", "14", "堵了"], .hazards) == expected)
        #expect(read(["noise", "很吵"], .hazards) == ["category": "noise", "note": "很吵"])
        #expect(read(["井盖缺失"], .hazards) == ["category": "井盖缺失"])
        // A code that is not known stays a code, so that it is refused.
        #expect(read(["NDJ-O14", "noise"], .hazards) == ["point": "NDJ-O14", "category": "noise"])
    }

    @Test func activityAndEducation_takeTheGridWhereItIsOne() {
        #expect(
            read(["巡逻", "JC05", "一切正常"], .activities)
                == ["kind": "巡逻", "grid": "JC05", "note": "一切正常"])
        #expect(read(["巡逻", "一切正常"], .activities) == ["kind": "巡逻", "note": "一切正常"])
        #expect(
            read(["反诈", "传单", "5"], .education)
                == ["topic": "反诈", "method": "传单", "grid": "5"])
        #expect(
            read(["fraud", "JC09"], .education, places: .empty)
                == ["topic": "fraud", "grid": "JC09"])
    }
}
