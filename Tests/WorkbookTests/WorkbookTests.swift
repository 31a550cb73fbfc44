import Foundation
import TestSupport
import Testing
import Workbook

/// What is written is read again; what is no workbook is told.
@Suite struct WorkbookTests {
    private let folder = TestFolder()

    private func written(_ rows: [[WorkbookCell]], header: [String] = ["a", "b", "c"]) throws
        -> WorkbookReader
    {
        let path = folder.file("\(rows.hashValue).xlsx")
        let writer = try WorkbookWriter(
            sheet: "停留", header: header, to: path, scratch: folder.file(""))
        for row in rows { try writer.append(row) }
        try writer.close()
        return try WorkbookReader(path: path)
    }

    @Test func workbook_cells_comeBackAsTheyWere() throws {
        let rows: [[WorkbookCell]] = [
            [.text("NDJ-014"), .number(2), .date(44201.9, hasTime: true)],
            [.blank, .bool(true), .text("灯箱 & <松动>\n\"x\"")],
            [.text("=1+1"), .blank, .text(" 空格 ")],
        ]
        let book = try written(rows)
        #expect(book.sheets.map(\.name) == ["停留"] && !book.isEpoch1904)
        let read = book.sheets[0].rows
        #expect(read.map(\.line) == [1, 2, 3, 4])
        #expect(read[0].cells == [.text("a"), .text("b"), .text("c")])
        for (row, expected) in zip(read.dropFirst(), rows) { #expect(row.cells == expected) }
    }

    @Test func workbook_manyRows_areAllThere() throws {
        let rows = (0..<3_000).map { [WorkbookCell.number(Double($0)), .text("第\($0)行")] }
        let read = try written(rows, header: ["n", "t"]).sheets[0].rows
        #expect(read.count == 3_001)
        #expect(read.last?.cells == [.number(2_999), .text("第2999行")])
    }

    @Test func otherFile_isNoWorkbook() throws {
        let path = folder.file("x.xlsx")
        try "点位,备注\n".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(throws: WorkbookFault.self) { try WorkbookReader(path: path) }
        #expect(throws: WorkbookFault.self) { try WorkbookReader(path: folder.file("none")) }
    }
}
