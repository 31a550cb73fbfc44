import Testing

@testable import CommandKit

@Suite struct ProgressTests {
    private func line(_ label: String, _ done: Int, _ total: Int?, columns: Int) -> String {
        ProgressLine(label: label, done: done, total: total).text(columns: columns)
    }

    @Test func line_chineseLabel_fillsFortyColumns() {
        let text = line("同步记录", 120, 400, columns: 40)
        #expect(text == "同步记录 [=====------------] 120/400 30%")
        #expect(text.displayWidth <= 40)
    }

    @Test func line_everyWidth_neverExceedsIt() {
        for columns in 1...120 {
            for total in [nil, 0, 7, 1_000_000] {
                let text = line("正在向中心发送记录", 7, total, columns: columns)
                #expect(text.displayWidth <= columns)
            }
        }
    }

    @Test func line_unknownTotal_showsTheCount() {
        #expect(line("导入", 12, nil, columns: 40) == "导入 12")
    }

    @Test func line_moreThanTotal_staysWithin() {
        #expect(line("x", 9, 4, columns: 40).hasSuffix("] 9/4 100%"))
        #expect(line("x", 0, 0, columns: 40).hasSuffix("] 0/0 100%"))
    }

    @Test func update_oftenWithinTheInterval_drawsOnce() {
        let talk = CapturingSink(terminalColumns: 40)
        let start = ContinuousClock.now
        let bar = ProgressBar(label: "x", console: console(talk))
        bar.update(done: 1, total: 9, now: start)
        bar.update(done: 2, total: 9, now: start + .milliseconds(50))
        bar.update(done: 3, total: 9, now: start + .milliseconds(150))
        bar.update(done: 9, total: 9, now: start + .milliseconds(151))
        #expect(talk.text.split(separator: "\r").count == 3)
        #expect(talk.text.contains("9/9 100%"))
    }

    @Test func say_whileShown_takesTheBarAwayFirst() {
        let talk = CapturingSink(terminalColumns: 40)
        let console = console(talk)
        let bar = ProgressBar(label: "x", console: console)
        bar.update(done: 1, total: 9, now: .now)
        console.say("done")
        bar.clear()
        #expect(talk.text.hasSuffix("\u{1B}[K\r\u{1B}[Kdone\n"))
    }

    @Test(arguments: [nil, 40])
    func update_noCapableTerminal_writesNothing(columns: Int?) {
        let talk = CapturingSink(terminalColumns: columns)
        let console = Console(
            data: CapturingSink(), talk: talk, environment: .init(["TERM": "dumb"]))
        let bar = ProgressBar(label: "x", console: console)
        bar.update(done: 1, total: 2, now: .now)
        bar.clear()
        #expect(talk.text.isEmpty)
    }

    private func console(_ talk: CapturingSink) -> Console {
        Console(data: CapturingSink(), talk: talk, environment: .init(["TERM": "xterm"]))
    }
}
