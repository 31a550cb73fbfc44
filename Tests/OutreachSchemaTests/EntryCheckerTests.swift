import OutreachSchema
import SyncCore
import Testing

@Suite struct EntryCheckerTests {
    static let now = RFC3339.utcSeconds("2021-01-05T22:00:00+08:00")!

    private func checker(
        _ collection: CollectionDescription = .stops, personal: PersonalDataPolicy = .refuse
    ) -> EntryChecker {
        EntryChecker(collection, zone: .shanghai, now: Self.now, personal: personal)
    }

    private func codes(_ body: () throws -> Void) -> [String] {
        do {
            try body()
            return []
        } catch let error as EntryProblems {
            return error.problems.map { "\($0.field ?? "-") \($0.code)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test func newStop_storesTypedValuesAndDefaultsArrival() throws {
        let entry = try checker().newRecord([
            "point": "ｎｄｊ-014", "mode": "步巡", "people_helped": "２", "note": "  一切正常 ",
            "team_size": "",
        ])
        #expect(
            entry.fields == [
                "point": "NDJ-014", "mode": "foot", "people_helped": 2, "note": "一切正常",
                "arrived_at": "2021-01-05T14:00:00Z",
            ])
        #expect(entry.personalFields.isEmpty)
    }

    @Test func newHazard_isOpenAndFoundNow() throws {
        let entry = try checker(.hazards).newRecord(["category": "占道经营"])
        #expect(
            entry.fields == [
                "category": "road_occupied", "found_at": "2021-01-05T14:00:00Z", "status": "open",
            ])
        #expect(entry.filledFields == ["status"])
        let resolved = try checker(.hazards).newRecord(["category": "noise", "status": "已解决"])
        #expect(resolved.fields["status"] == "resolved")
    }

    @Test func newRecord_allProblemsAreSaidAtOnce() {
        let found = codes {
            _ = try checker().newRecord([
                "mode": "swimming", "people_helped": "-1", "team_size": "two", "colour": "red",
                "arrived_at": "?",
            ])
        }
        #expect(
            found == [
                "colour unknown_field", "mode not_in_list", "arrived_at not_a_time",
                "team_size not_an_integer", "people_helped out_of_range", "point required",
            ])
    }

    @Test func openVocabulary_unknownText_isKeptAsTyped() throws {
        let known = try checker(.education).newRecord(["topic": "Fire-Safety"])
        #expect(known.fields["topic"] == "fire_safety")
        let other = try checker(.education).newRecord(["topic": "Swimming safety"])
        #expect(other.fields["topic"] == "Swimming safety")
    }

    @Test(arguments: ["是", "有", "yes", "TRUE", "1", "ｙｅｓ"])
    func bool_yes(_ text: String) throws {
        let entry = try checker(.hazards)
            .newRecord(["category": "noise", "accident_prevented": text])
        #expect(entry.fields["accident_prevented"] == true)
    }

    @Test(arguments: ["否", "无", "no", "False", "0", "没有"])
    func bool_no(_ text: String) throws {
        let entry = try checker(.hazards)
            .newRecord(["category": "noise", "accident_prevented": text])
        #expect(entry.fields["accident_prevented"] == false)
    }

    @Test(arguments: ["1e2", "0x10", "inf", "nan", "1,000", "2.5", "1-2", "--1", "三"])
    func integer_otherSpelling_isRefused(_ text: String) {
        #expect(
            codes { _ = try checker().newRecord(["point": "P1", "team_size": text]) }
                == ["team_size not_an_integer"])
    }

    @Test func number_outsideItsRange_isRefused() {
        let texts = [
            "code": "P1", "name": "gate", "lat": "91", "lon": "abc", "required_per_shift": "101",
        ]
        #expect(
            codes { _ = try checker(.points).newRecord(texts) } == [
                "required_per_shift out_of_range", "lat out_of_range", "lon not_a_number",
            ])
    }

    @Test func code_withSpaceOrTooLong_isRefused() {
        for code in ["NDJ 014", String(repeating: "A", count: 33), "a,b"] {
            #expect(
                codes { _ = try checker().newRecord(["point": code]) } == ["point not_a_code"])
        }
    }

    @Test func text_tooLongOrWithNUL_isRefused() {
        let long = String(repeating: "字", count: 5_462)
        #expect(
            codes { _ = try checker().newRecord(["point": "P1", "note": long]) }
                == ["note too_long"])
        #expect(
            codes { _ = try checker().newRecord(["point": "P1", "note": "a\0b"]) }
                == ["note bad_character"])
    }

    @Test func end_beforeStart_isRefused() throws {
        #expect(
            codes {
                _ = try checker().newRecord([
                    "point": "P1", "arrived_at": "21:40", "left_at": "2021-01-05 21:39",
                ])
            } == ["left_at wrong_order"])
        let same = ["point": "P1", "arrived_at": "21:40", "left_at": "21:40"]
        #expect(try checker().newRecord(same).fields.count == 3)
    }

    @Test func edit_setsOnlyWhatIsGivenAndClearsBlankFields() throws {
        let current: [String: Value] = [
            "point": "P1", "arrived_at": "2021-01-05T13:40:00Z", "note": "x",
        ]
        let entry = try checker().edit(["left_at": "21:50", "note": " "], of: current)
        #expect(entry.fields == ["left_at": "2021-01-05T13:50:00Z", "note": .null])
    }

    @Test func edit_againstTheRecordAsItIs_isChecked() {
        let current: [String: Value] = ["point": "P1", "arrived_at": "2021-01-05T13:40:00Z"]
        #expect(
            codes { _ = try checker().edit(["left_at": "2021-01-05 21:30"], of: current) }
                == ["left_at wrong_order"])
        #expect(
            codes { _ = try checker().edit(["point": ""], of: current) } == ["point required"])
    }

    @Test func edit_ofARecordThatLacksRequiredFields_isTaken() throws {
        #expect(try checker().edit(["note": "x"], of: [:]).fields == ["note": "x"])
    }

    @Test func repeatedFields_yieldToTypedOnes() throws {
        let entry = try checker().newRecord(
            ["point": "P2"], repeating: ["point": "P1", "mode": "foot"])
        #expect(entry.fields["point"] == "P2")
        #expect(entry.fields["mode"] == "foot")
    }

    @Test func personalData_isRefusedWithoutRepeatingIt() throws {
        let texts = ["point": "P1", "note": "电话13912345678"]
        let error = #expect(throws: EntryProblems.self) { try checker().newRecord(texts) }
        let problem = try #require(error?.problems.first)
        #expect(problem.code.description == "personal")
        #expect(problem.field == "note")
        #expect(problem.facts == ["kind": "mobile_number"])
        #expect(!"\(problem)\(problem.message)\(problem.mend)".contains("1391"))
        #expect(problem.mend.en.contains("--allow-personal"))
    }

    @Test func personalData_allowed_isTakenAndNamed() throws {
        let texts = ["point": "P1", "note": "电话13912345678"]
        let entry = try checker(personal: .allow).newRecord(texts)
        #expect(entry.fields["note"] == "电话13912345678")
        #expect(entry.personalFields == ["note"])
    }
}
