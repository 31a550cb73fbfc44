import OutreachSchema
import SyncCore
import Testing

/// What a row of an edited export changes.
@Suite struct RowChangeTests {
    private static let id = RecordID(hex: "01a229a2ee0f7a64a3945ca5a9c5fd51")!
    private static let base = StampTime(hex: "01a229a2ee0f0000")!
    private static let current: [String: Value] = [
        "point": "P1", "arrived_at": "2021-01-05T13:40:37Z", "note": "a\nb ", "team_size": 2,
    ]

    private func change(
        _ cells: [String], _ titles: [String] = ["ID", "点位", "到达时间", "备注", "人数", "版本"],
        stamps: [String: StampTime] = [:], isDeleted: Bool = false
    ) throws -> RowChange {
        let rows = [titles, cells].enumerated().map { index, cells in
            SheetRow(line: index + 1, cells: cells.map { .text($0) })
        }
        var reader = try ImportReader(rows: rows, into: .stops, zone: .shanghai)
        let outcome = reader.readAll()
        if let rejected = outcome.rejected.first { throw EntryProblems(rejected.problems) }
        let row = try #require(outcome.accepted.first)
        #expect(row.isEdit && row.id == Self.id)
        return try RowChange.of(
            row, current: Self.current, stamps: stamps, isDeleted: isDeleted, personal: .refuse,
            in: .stops)
    }

    private func cells(_ changed: [Int: String] = [:]) -> [String] {
        let cells = [
            "01a229a2-ee0f-7a64-a394-5ca5a9c5fd51", "P1", "2021-01-05 21:40", "a\r\nb", "2",
            Self.base.hex,
        ]
        return cells.enumerated().map { changed[$0.offset] ?? $0.element }
    }

    private func code(_ body: () throws -> RowChange) -> String {
        do { return "\(try body())" } catch let error as EntryProblems {
            return error.problems.map(\.code.description).joined(separator: ",")
        } catch { return "\(error)" }
    }

    @Test func whatACellCannotShow_isNoChange() throws {
        #expect(try change(cells()) == .unchanged)
        #expect(try change(cells([2: "2021-01-05 21:40:37"])) == .unchanged)
        #expect(try change(cells(), isDeleted: true) == .unchanged)
    }

    @Test func changedCells_areTheEdit() throws {
        #expect(try change(cells([4: "3"])) == .edit(["team_size": 3]))
        #expect(
            try change(cells([4: "", 3: "new"])) == .edit(["team_size": .null, "note": "new"]))
        #expect(
            try change(cells([2: "2021-01-05 21:41"]))
                == .edit(["arrived_at": "2021-01-05T13:41:00Z"]))
    }

    @Test func missingColumns_areAsTheyWere() throws {
        #expect(try change([Self.id.hex, "new"], ["ID", "备注"]) == .edit(["note": "new"]))
    }

    @Test func whatChangedSince_isRefusedWhereItDiffers() {
        let newer = ["note": StampTime(hex: "01a229a2ee0f0001")!]
        #expect(code { try change(cells([3: "mine"]), stamps: newer) } == "changed_since")
        #expect(
            code { try change(cells([4: "3"]), stamps: newer) }
                == "edit([\"team_size\": SyncCore.Value.number(3.0)])")
    }

    @Test func refusals() {
        #expect(code { try change(cells([4: "3"]), isDeleted: true) } == "record_deleted")
        #expect(code { try change(cells([1: ""])) } == "required")
        #expect(code { try change(cells([0: "7"])) } == "not_an_id")
        #expect(code { try change(cells([3: "call 13812345678"])) } == "personal")
    }
}
