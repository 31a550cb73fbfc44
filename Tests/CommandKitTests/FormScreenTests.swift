import Testing

@testable import CommandKit

/// The entry screen without a terminal: keys in, lines out.
@Suite struct FormScreenTests {
    private func form() -> FormScreen {
        FormScreen(
            title: "New", hint: "Enter",
            fields: [
                .init(
                    "point", label: "点位",
                    items: [
                        .init(text: "NDJ-114", title: "NDJ-114 南大街", keys: ["114", "南大街", "ndj"]),
                        .init(text: "NDJ-014", title: "NDJ-014 钟楼", keys: ["14", "钟楼", "zl"]),
                        .init(text: "SM-7", title: "SM-7 广场", keys: ["7", "广场", "gc"]),
                    ]),
                .init(
                    "mode", label: "Mode", value: "foot",
                    items: [
                        .init(text: "foot", title: "on foot", keys: ["步巡"]),
                        .init(text: "bicycle", title: "by bicycle", keys: ["骑巡"]),
                    ]),
                .init("team", label: "Team", value: "3"),
                .init("grid", label: "Grid", isAside: true),
            ])
    }

    private func press(_ keys: [Key], _ form: inout FormScreen) -> FormScreen.Action {
        keys.reduce(FormScreen.Action.none) { _, key in form.handle(key) }
    }

    private func type(_ text: String) -> [Key] { text.map { .text(String($0)) } }

    @Test func enter_takesWhatStandsThere() {
        var form = form()
        #expect(press(type("14") + [.enter, .enter, .enter], &form) == .submit)
        #expect(form.values == ["point": "NDJ-014", "mode": "foot", "team": "3"])
    }

    @Test func enterAlone_takesTheLikeliest() {
        var form = form()
        #expect(press([.enter, .enter, .enter], &form) == .submit)
        #expect(form.values["point"] == "NDJ-114")
    }

    @Test(arguments: [
        ("14", "NDJ-014"), ("１４", "NDJ-014"), ("114", "NDJ-114"), ("钟", "NDJ-014"),
        ("zl", "NDJ-014"), ("SM", "SM-7"), ("nowhere", "nowhere"),
    ])
    func typing_filters(_ text: String, _ expected: String) {
        var form = form()
        _ = press(type(text) + [.enter], &form)
        #expect(form.values["point"] == expected)
    }

    @Test func arrows_chooseAndMove() {
        var form = form()
        _ = press([.down, .down, .enter, .down, .enter], &form)
        #expect(form.values["point"] == "SM-7" && form.values["mode"] == "bicycle")
        #expect(form.focus == 2)
        _ = press([.up], &form)
        #expect(form.focus == 1)
    }

    @Test func typing_replacesWhatStands_andCanBeEmptied() {
        var form = form()
        _ = press(type("14") + [.enter, .enter] + type("12") + [.enter], &form)
        #expect(form.values["team"] == "12")
        form = self.form()
        _ = press([.enter, .enter, .clearLine, .enter], &form)
        #expect(form.values["team"] == nil)
        form = self.form()
        _ = press([.enter, .enter, .backspace] + type("4") + [.enter], &form)
        #expect(form.values["team"] == "4")
    }

    @Test func standing_yieldsToWhatWasTyped() {
        var form = form()
        form.stand("JC05", in: "grid")
        #expect(form.values["grid"] == "JC05")
        _ = press([.enter, .tab, .tab] + type("JC01") + [.tab], &form)
        form.stand("JC06", in: "grid")
        #expect(form.values["grid"] == "JC01")
    }

    @Test func interruptAndEscape_leave() {
        var form = form()
        #expect(form.handle(.interrupt) == .cancel)
        #expect(form.handle(.escape) == .cancel)
    }

    @Test(arguments: [(40, 24), (20, 10), (80, 24)])
    func lines_fit(_ columns: Int, _ rows: Int) {
        var form = form()
        form.refuse("点位不在点位表中，请查看 sync-field point list；确是新地点时加 --new-place", at: "point")
        let lines = form.lines(columns: columns, rows: rows)
        #expect(lines.count < rows)
        for line in lines { #expect(line.displayWidth < columns) }
        #expect(lines.contains { $0.hasPrefix("▸ 点位") })
    }

    @Test func keys_fromBytes() {
        var parser = KeyParser()
        parser.feed(Array("a钟\u{1B}[A\u{1B}OB\u{1B}[Z\u{7F}\r\u{03}\u{1B}[3~\t".utf8))
        var keys: [Key] = []
        while let key = parser.next() { keys.append(key) }
        #expect(
            keys == [
                .text("a"), .text("钟"), .up, .down, .backTab, .backspace, .enter, .interrupt, .tab,
            ])
        // Half a character waits for the rest.
        parser.feed([0xE9, 0x92])
        #expect(parser.next() == nil)
        parser.feed([0x9F])
        #expect(parser.next() == .text("钟"))
        parser.feed([0x1B])
        #expect(parser.next() == nil)
        #expect(parser.next(isEnd: true) == .escape)
    }

    /// Any bytes give keys or nothing, and come to an end.
    @Test func keys_fromAnyBytes_endAndNeverTrap() {
        var state: UInt64 = 11
        for _ in 0..<300 {
            var parser = KeyParser()
            parser.feed(
                (0..<40).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    let byte = UInt8(truncatingIfNeeded: state >> 40)
                    return byte % 3 == 0 ? 0x1B : byte
                })
            var count = 0
            while parser.next(isEnd: true) != nil { count += 1 }
            #expect(count <= 40)
            #expect(!parser.isIncomplete)
        }
    }
}
