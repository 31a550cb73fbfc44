import OutreachSchema
import SyncCore
import Testing

/// Cells as people leave them: each form with its value, or with the refusal.
@Suite struct CellTests {
    private func read(
        _ cell: SheetCell, _ title: String, options: CellOptions = CellOptions(),
        into collection: CollectionDescription = .stops
    ) throws -> String {
        let header = SheetRow(line: 1, cells: ["点位", "到达时间", title].map { .text($0) })
        let row: SheetRow
        if title == "到达时间2" {
            row = SheetRow(line: 2, cells: [.text("P1"), cell])
        } else {
            row = SheetRow(
                line: 2, cells: [.text("P1"), .text("2021-01-05 18:00"), cell])
        }
        var reader = try ImportReader(
            rows: [header, row], into: collection, zone: .shanghai, options: options)
        switch reader.next() {
        case .accepted(let row):
            let name = title == "到达时间2" ? "arrived_at" : reader.header.fields[2]?.name ?? ""
            switch row.fields[name] {
            case .text(let text):
                guard let seconds = RFC3339.utcSeconds(text) else { return text }
                let local = ZoneRules.shanghai.localTime(atUTCSeconds: seconds)
                let rest = local.secondOfDay % 60
                return "\(local)" + (rest == 0 ? "" : ":\(rest)")
            case .number(let number): return "\(Int(number))"
            default: return "-"
            }
        case .rejected(let row): return row.problems.map(\.code.description).joined()
        case nil: return "nothing"
        }
    }

    @Test(arguments: [
        ("2021-01-05 21:40", "2021-01-05 21:40"), ("2021-1-5 下午9:40", "2021-01-05 21:40"),
        ("2021/1/5 下午 9:40:00", "2021-01-05 21:40"), ("2021/1/5 21:40:37", "2021-01-05 21:40:37"),
        ("20210105 2140", "2021-01-05 21:40"), ("20210105 21:40", "2021-01-05 21:40"),
        ("202101052140", "2021-01-05 21:40"), ("20210105T214005", "2021-01-05 21:40:5"),
        ("2021年1月5日 21点40分", "2021-01-05 21:40"), ("2021.1.5 9:40pm", "2021-01-05 21:40"),
        ("2021-01-05T21:40:00+08:00", "2021-01-05 21:40"),
        ("2021-01-05T13:40:00Z", "2021-01-05 21:40"),
        ("2021-01-05 24:00", "2021-01-06 00:00"), ("2021/1/5 24:00:00", "2021-01-06 00:00"),
        ("２０２１－０１－０５　２１：４０", "2021-01-05 21:40"),
        ("\u{200B}2021-01-05\u{FEFF} 21:40\u{200D}", "2021-01-05 21:40"),
        ("44201.9", "2021-01-05 21:36"), ("44201.902777777781", "2021-01-05 21:40"),
        ("25/12/2020 21:40", "2020-12-25 21:40"), ("12/25/2020 21:40", "2020-12-25 21:40"),
        ("2021-01-05", "time_missing"), ("2021/1/5", "time_missing"), ("20210105", "time_missing"),
        ("44201", "time_missing"), ("21:40", "date_missing"), ("昨晚21:40", "date_missing"),
        ("1/5/2021 21:40", "ambiguous_date"), ("21-1-5 21:40", "ambiguous_date"),
        ("5/1/21 21:40", "ambiguous_date"), ("25/12/20 21:40", "ambiguous_date"),
        ("2021-02-30 21:40", "not_a_time"), ("2021-01-05 25:00", "not_a_time"),
        ("later", "not_a_time"), ("123", "not_a_time"), ("99999.5", "not_a_time"),
        ("=NOW()", "not_a_time"),
    ])
    func time_text(_ text: String, _ expected: String) throws {
        #expect(try read(.text(text), "到达时间2") == expected, "\(text)")
    }

    @Test(arguments: [
        ("1/5/2021 21:40", CellOptions.DateOrder.dmy, "2021-05-01 21:40"),
        ("1/5/2021 21:40", .mdy, "2021-01-05 21:40"), ("21-1-5 21:40", .ymd, "2021-01-05 21:40"),
        ("5/1/21 下午9:40", .dmy, "2021-01-05 21:40"), ("25/12/2020 21:40", .mdy, "not_a_time"),
        ("2021-1-5 21:40", .dmy, "2021-01-05 21:40"),
    ])
    func time_orderGiven(
        _ text: String, _ order: CellOptions.DateOrder, _ expected: String
    ) throws {
        let options = CellOptions(dateOrder: order)
        #expect(try read(.text(text), "到达时间2", options: options) == expected)
    }

    /// The same night in both systems; a workbook says which one is its own.
    @Test func time_serial_ofBothSystems() throws {
        let late = CellOptions(is1904: true)
        #expect(try read(.text("42739.9"), "到达时间2", options: late) == "2021-01-05 21:36")
        #expect(try read(.number(44201.9), "到达时间2") == "2021-01-05 21:36")
        #expect(
            try read(.date(42739.9, hasTime: true), "到达时间2", options: late)
                == "2021-01-05 21:36")
        #expect(try read(.date(44202, hasTime: true), "到达时间2") == "2021-01-06 00:00")
        #expect(try read(.date(44202, hasTime: false), "到达时间2") == "time_missing")
        #expect(try read(.number(202_101_052_140), "到达时间2") == "2021-01-05 21:40")
    }

    @Test(arguments: [
        (SheetCell.text("5"), "5"), (.text("５"), "5"), (.text("３人"), "3"), (.text("3 名"), "3"),
        (.text("1,000"), "1000"), (.text("5.0"), "5"), (.number(5), "5"), (.text("\u{200B}5"), "5"),
        (.text("1,00"), "not_an_integer"), (.text("2.5"), "not_an_integer"),
        (.text("三"), "not_an_integer"), (.text("约3"), "not_an_integer"),
        (.text("1,234"), "out_of_range"), (.text("-1"), "out_of_range"), (.text(""), "-"),
    ])
    func number_cell(_ cell: SheetCell, _ expected: String) throws {
        #expect(try read(cell, "人数") == expected)
    }

    @Test(arguments: [
        ("步巡", "foot"), ("騎巡", "bicycle"), ("\u{FEFF}车巡 ", "vehicle"), ("FOOT", "foot"),
        ("游泳", "not_in_list"), ("f", "not_in_list"),
    ])
    func word_cell(_ text: String, _ expected: String) throws {
        #expect(try read(.text(text), "方式") == expected)
    }

    @Test func text_cell_losesTheGuardOnly() throws {
        #expect(try read(.text("'=1+1"), "备注") == "=1+1")
        #expect(try read(.text("'灯箱"), "备注") == "'灯箱")
        #expect(try read(.number(12), "备注") == "12")
    }

    private func rows(_ lines: [[String]]) -> [SheetRow] {
        lines.enumerated().map { index, cells in
            SheetRow(line: index + 1, cells: cells.map { .text($0) })
        }
    }

    @Test func sheet_withTitleStarsSpareColumnsAndTotals() throws {
        var reader = try ImportReader(
            rows: rows([
                ["南大街巡防登记表"], ["填表日期：2021-01-06", "", ""], [],
                ["序号", "點位*", "到達\n時間（必填）", "人数：", "天气", ""],
                ["1", "NDJ-001", "2021-01-05 21:40", "2", "晴", ""],
                ["2", "NDJ-002", "2021-01-05 21:50", "3", "晴", ""],
                ["", "", "", "", "", ""], ["合计", "", "", "5", "", ""], ["", "总计：", "", "5"],
            ]), into: .stops, zone: .shanghai)
        let (accepted, rejected) = reader.readAll()
        #expect(accepted.map { $0.fields["point"]?.text } == ["NDJ-001", "NDJ-002"])
        #expect(accepted.map { $0.fields["team_size"] } == [2, 3])
        #expect(accepted.map(\.line) == [5, 6])
        #expect(rejected.isEmpty && reader.totalRows == 2)
        #expect(reader.header.ignoredColumns == ["序号", "天气"])
    }

    @Test func sheet_ownHeaders_areMapped() throws {
        let table = rows([["地方", "几点"], ["NDJ-001", "2021-01-05 21:40"]])
        var reader = try ImportReader(
            rows: table, into: .stops, zone: .shanghai,
            options: CellOptions(fieldsByTitle: ["地方": "point", "几点": "到达时间"]))
        #expect(reader.readAll().accepted.count == 1)
        let error = #expect(throws: ImportError.self) {
            try ImportReader(
                rows: table, into: .stops, zone: .shanghai,
                options: CellOptions(fieldsByTitle: ["地点": "point"]))
        }
        #expect(error?.code == .mapUnknown)
    }
}
