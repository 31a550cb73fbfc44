import Foundation
import TestSupport
import Testing
import Workbook

/// Damaged workbooks, for minizip, expat and what lies above them.
@Suite struct WorkbookFuzzTests {
    private let folder = TestFolder()

    @Test func damagedWorkbooks_areReadOrRefused() throws {
        let good = folder.file("good.xlsx")
        let writer = try WorkbookWriter(
            sheet: "停留", header: ["a", "b"], to: good, scratch: folder.file(""))
        try writer.append([.text("灯箱 & <松动>"), .date(44201.9, hasTime: true)])
        try writer.append([.number(2), .bool(true)])
        try writer.close()
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: good)))
        let path = folder.file("bad.xlsx")
        let taken = Fuzzer([bytes]).run {
            try Data($0).write(to: URL(filePath: path))
            _ = try WorkbookReader(path: path)
        }
        #expect(taken > 0 && taken < Fuzzer.count)
    }
}
