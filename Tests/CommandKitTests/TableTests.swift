import Testing

@testable import CommandKit

@Suite struct TableTests {
    private func stops() -> Table {
        var table = Table([.fixed("编号"), .text("名称"), .number("次数")])
        table.append(["NDJ-014", "南京东路步行街东口", "12"])
        table.append(["A", "Bund", "3"])
        return table
    }

    @Test func lines_chineseCells_standInColumns() {
        #expect(
            stops().lines(fitting: nil) == [
                "编号     名称                次数",
                "NDJ-014  南京东路步行街东口    12",
                "A        Bund                   3",
            ])
    }

    @Test func lines_narrowTerminal_shrinksTheText() {
        let lines = stops().lines(fitting: 24)
        #expect(
            lines == [
                "编号     名称       次数",
                "NDJ-014  南京东路…    12",
                "A        Bund          3",
            ])
        #expect(lines.allSatisfy { $0.displayWidth <= 24 })
    }

    @Test func lines_twoTexts_shrinkTheWidestFirst() {
        var table = Table([.text("a"), .text("b")])
        table.append([String(repeating: "x", count: 30), String(repeating: "y", count: 10)])
        let cells = table.lines(fitting: 32)[1].split(separator: " ")
        #expect(cells.map(\.count) == [20, 10])
    }

    @Test func lines_tinyTerminal_keepsIds() {
        let lines = stops().lines(fitting: 5)
        #expect(lines[1].hasPrefix("NDJ-014  南京…"))
    }

    @Test func lines_maximumWidth_holdsOnlyOnATerminal() {
        var table = Table([.text("n", maximumWidth: 5)])
        table.append(["一二三四"])
        #expect(table.lines(fitting: 80)[1] == "一二…")
        #expect(table.lines(fitting: nil)[1] == "一二三四")
    }

    @Test func lines_emptyCells_leaveNoTrailingSpaces() {
        var table = Table([.text("a"), .number("b"), .text("c")])
        table.append(["1", "", ""])
        table.append(["", "2", "x"])
        #expect(table.lines(fitting: nil) == ["a  b  c", "1", "   2  x"])
    }

    @Test func append_harmfulCell_isMadeVisible() {
        var table = Table([.text("n")])
        table.append(["a\u{1B}[2J\nb"])
        #expect(table.lines(fitting: nil)[1] == "a␛[2J⏎b")
    }

    @Test func print_withoutTerminal_hasNoStyles() {
        let data = CapturingSink()
        Console(data: data, talk: CapturingSink(), environment: .init(["TERM": "xterm"]))
            .print(stops())
        #expect(!data.text.contains("\u{1B}"))
        #expect(data.text.hasSuffix("3\n"))
    }
}
