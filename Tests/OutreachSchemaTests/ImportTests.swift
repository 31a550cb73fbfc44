import OutreachSchema
import SyncCore
import Testing

@Suite struct ImportTests {
    private func read(
        _ bytes: [UInt8], into collection: CollectionDescription = .stops,
        personal: PersonalDataPolicy = .refuse
    ) throws -> (accepted: [ImportedRow], rejected: [RejectedRow]) {
        var reader = try ImportReader(
            bytes, into: collection, zone: .shanghai, personal: personal)
        return reader.readAll()
    }

    @Test func import_chineseHeadersAndLabels_areStoredAsKeys() throws {
        let rows = try read(
            csv("点位,网格,方式,到达时间,人数,备注", "NDJ-077,JC14,步巡,2021-01-01 18:00,5,\"a,b\nc\""))
        #expect(
            rows.accepted.map(\.fields) == [
                [
                    "point": "NDJ-077", "grid": "JC14", "mode": "foot", "team_size": 5,
                    "arrived_at": "2021-01-01T10:00:00Z", "note": "a,b\nc",
                ]
            ])
        #expect(rows.rejected.isEmpty)
    }

    @Test func import_englishHeaders_anyCaseAndOrder() throws {
        let rows = try read(csv("Arrived At;POINT;Mode", "2021/1/1 18:00;p1;Walking"))
        #expect(
            rows.accepted.first?.fields == [
                "point": "P1", "mode": "foot", "arrived_at": "2021-01-01T10:00:00Z",
            ])
    }

    @Test func import_badRow_isReportedWithLine() throws {
        let rows = try read(
            csv(
                "point,arrived_at,team_size,note", "P1,2021-01-01 18:00,2,\"two", "lines\"",
                "P2,18:00,many,", ",,,", "P3,2021-01-01 18:00,3,ok"))
        #expect(rows.accepted.map(\.line) == [2, 6])
        #expect(rows.rejected.map(\.line) == [4])
        let row = try #require(rows.rejected.first)
        #expect(row.cells == ["P2", "18:00", "many", ""])
        #expect(row.problems.map(\.code.description) == ["date_missing", "not_an_integer"])
        #expect(row.reason(in: .english).hasPrefix("line 4: Arrived at (arrived_at) has no date"))
        #expect(row.reason(in: .chinese).hasPrefix("第4行：“到达时间”（arrived_at）缺少日期"))
    }

    @Test func import_brokenQuotesAndExtraCells_doNotStopTheRest() throws {
        let rows = try read(
            csv(
                "point,arrived_at,note", "P1,2021-01-01 18:00,\"open", "P2,2021-01-01 18:00,ok",
                "P3,2021-01-01 18:00,a,b", "P4,2021-01-01 18:00", "P5"))
        #expect(rows.accepted.map(\.line) == [3, 5])
        #expect(
            rows.rejected.map { "\($0.line) \($0.problems.map(\.code.description))" } == [
                "2 [\"broken_quotes\"]", "4 [\"extra_cells\"]", "6 [\"required\"]",
            ])
    }

    @Test func import_missingColumns_listsFoundAndExpected() throws {
        let error = #expect(throws: ImportError.self) { try read(csv("网格,颜色", "JC01,red")) }
        #expect(error?.code == .missingColumns)
        for word in ["point 点位", "arrived_at 到达时间", "网格", "颜色"] {
            #expect(error?.message.en.contains(word) == true, "\(word)")
            #expect(error?.message.zh.contains(word) == true, "\(word)")
        }
        #expect(error?.mend.en.contains("team_size 人数") == true)
    }

    @Test func import_wholeFileProblems() {
        func code(_ bytes: [UInt8]) -> ImportError.Code? {
            #expect(throws: ImportError.self) { try read(bytes) }?.code
        }
        #expect(code([]) == .empty)
        #expect(code(csv("", " ", "").filter { $0 != 0x20 }) == .empty)
        #expect(code([0x50, 0x4B, 0x03, 0x04, 0xFF, 0xFF, 0x80]) == .encoding)
        #expect(code(csv("point,点位,arrived_at")) == .repeatedColumn)
    }

    @Test func import_unknownColumns_areReportedAndLeftOut() throws {
        let reader = try ImportReader(
            csv("id,point,arrived_at,天气,", "1,P1,2021-01-01 18:00,rain,"), into: .stops,
            zone: .shanghai)
        #expect(reader.header.ignoredColumns == ["天气"])
        guard case .accepted(let row)? = reader.first(where: { _ in true }) else {
            Issue.record("the row was refused")
            return
        }
        #expect(Set(row.fields.keys) == ["point", "arrived_at"])
    }

    @Test func import_equalRows_haveIdsOfTheirOwnAndTheSameAgain() throws {
        let bytes = csv("point,arrived_at", "P1,2021-01-01 18:00", "P1,2021-01-01T10:00:00Z")
        let first = try read(bytes).accepted.map(\.id)
        #expect(Set(first).count == 2)
        #expect(try read(bytes).accepted.map(\.id) == first)
        let json = "{\"arrived_at\":\"2021-01-01T10:00:00Z\",\"point\":\"P1\"}"
        for (index, id) in first.enumerated() {
            let content = Array("stops\n\(json)\n\(index + 1)".utf8)
            #expect(id == MessageKind.imported.hash(content).prefixID)
        }
    }

    @Test func import_pointsTakeTheirIdFromTheCode() throws {
        let rows = try read(
            csv("code,name,grid", "ndj-001,Gate,JC01", "NDJ-001,Other,JC01"), into: .points)
        let id = MessageKind.imported.hash(Array("points\nNDJ-001\n1".utf8)).prefixID
        #expect(rows.accepted.map(\.id) == [id])
        #expect(ImportIdentity.point(code: "NDJ-001") == id)
        #expect(rows.rejected.map(\.line) == [3])
        #expect(rows.rejected.first?.problems.first?.facts == ["line": "2"])
    }

    @Test func import_personalData_isRefusedOrAllowed() throws {
        let bytes = csv("point,arrived_at,note", "P1,2021-01-01 18:00,tel 13912345678")
        let refused = try read(bytes)
        #expect(refused.accepted.isEmpty)
        #expect(refused.rejected.first?.problems.first?.code.description == "personal")
        #expect(try read(bytes, personal: .allow).accepted.first?.personalFields == ["note"])
    }

    @Test func rejectsFile_mendedIsImportedAgain() throws {
        var reader = try ImportReader(
            csv("点位,到达时间,备注", "P1,someday,\"=1+1, \"\"x\"\"\"", "P2,2021-01-01 18:00"),
            into: .stops, zone: .shanghai)
        let rejected = reader.readAll().rejected
        let file = reader.rejectsFile(rejected, in: .chinese)
        let text = String(decoding: file, as: UTF8.self)
        #expect(text.hasPrefix("\u{FEFF}点位,到达时间,备注,原因\r\nP1,someday,\"'=1+1, \"\"x\"\"\",第2行："))
        let mended = text.replacing("someday", with: "2021-01-01 18:00")
        let rows = try read(Array(mended.utf8))
        #expect(rows.rejected.isEmpty)
        #expect(rows.accepted.first?.fields["note"] == "=1+1, \"x\"")
    }

    @Test(arguments: [
        (CollectionDescription.points, 140, TextEncoding.utf8WithMark), (.stops, 2400, .gb18030),
        (.activities, 150, .gb18030), (.education, 90, .gb18030), (.hazards, 34, .gb18030),
    ])
    func import_sampleFile_isTakenWhole(
        _ collection: CollectionDescription, _ count: Int, _ encoding: TextEncoding
    ) throws {
        var reader = try SampleData.reader(collection)
        let rows = reader.readAll()
        #expect(reader.encoding == encoding)
        #expect(reader.header.ignoredColumns.isEmpty)
        #expect(rows.rejected.map { $0.reason(in: .english) } == [])
        #expect(rows.accepted.count == count)
        #expect(Set(rows.accepted.map(\.id)).count == count)
        for row in rows.accepted { expectKnownTerms(row.fields, collection) }
    }

    /// All words of the sample are in the vocabularies.
    private func expectKnownTerms(
        _ fields: [String: Value], _ collection: CollectionDescription
    ) {
        for field in collection.fields {
            guard case .enumeration(let vocabulary) = field.type,
                let key = fields[field.name]?.text
            else { continue }
            #expect(vocabulary.label(of: key) != nil, "\(field.name) \(key)")
        }
    }
}
