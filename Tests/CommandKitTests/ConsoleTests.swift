import Glibc
import Testing

@testable import CommandKit

@Suite struct ConsoleTests {
    private func console(
        data: CapturingSink = CapturingSink(), talk: CapturingSink = CapturingSink(),
        _ variables: [String: String] = ["TERM": "xterm"]
    ) -> Console {
        Console(data: data, talk: talk, environment: .init(variables))
    }

    @Test func print_data_goesToDataAndTalkToTalk() {
        let (data, talk) = (CapturingSink(), CapturingSink())
        let console = console(data: data, talk: talk)
        console.print("1")
        console.say("saved")
        console.warn("clock", in: .zhHans)
        #expect(data.text == "1\n")
        #expect(talk.text == "saved\n注意：clock\n")
    }

    @Test func styled_terminal_hasColour() {
        let console = console(data: CapturingSink(terminalColumns: 80))
        #expect(console.styled("x", .red) == "\u{1B}[31mx\u{1B}[0m")
        #expect(console.styledTalk("x", .red) == "x")
        #expect(console.styled("", .red) == "")
    }

    @Test(arguments: [
        ["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"], [:], ["TERM": ""],
    ])
    func styled_unwanted_isPlain(variables: [String: String]) {
        let console = console(data: CapturingSink(terminalColumns: 80), variables)
        #expect(console.styled("x", .bold) == "x")
    }

    @Test func styled_emptyNoColor_hasColour() {
        let sink = CapturingSink(terminalColumns: 80)
        let console = console(data: sink, ["TERM": "xterm", "NO_COLOR": ""])
        #expect(console.styled("x", .bold) != "x")
    }

    @Test(arguments: [EPIPE])
    func print_readerGone_isQuiet(number: Int32) {
        let console = console(data: CapturingSink(failure: OutputFailure(number: number)))
        console.print("x")
        console.print("y")
        #expect(console.isReaderGone)
        #expect(console.dataFailure == nil)
    }

    @Test func print_diskFull_isKept() {
        let console = console(data: CapturingSink(failure: OutputFailure(number: ENOSPC)))
        console.print("x")
        #expect(console.dataFailure?.number == ENOSPC)
        #expect(!console.isReaderGone)
    }

    @Test func write_closedPipe_throwsReaderGone() throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let sink = DescriptorSink(descriptor: ends[1])
        #expect(!sink.isTerminal)
        try sink.write("南\n")
        close(ends[0])
        #expect(throws: OutputFailure(number: EPIPE)) { try sink.write("x") }
        close(ends[1])
        #expect(throws: OutputFailure(number: EBADF)) { try sink.write("x") }
    }

    @Test func write_eventObjectInPlaceOfStream_isReaderGone() {
        let descriptor = inotify_init()
        defer { close(descriptor) }
        #expect(throws: OutputFailure(number: EBADF)) {
            try DescriptorSink(descriptor: descriptor).write("12345678")
        }
    }

    @Test func say_onANarrowTerminal_breaksBetweenWords() {
        let sink = CapturingSink(terminalColumns: 20)
        let console = console(talk: sink)
        console.say("one two three four five six")
        #expect(sink.text == "one two three four\n  five six\n")
        let styled = TalkLine("\u{1B}[31mone two three four five six\u{1B}[0m")
        #expect(
            styled.wrapped(toColumns: 20) == [
                "\u{1B}[31mone two three four\u{1B}[0m", "\u{1B}[31m  five six\u{1B}[0m",
            ])
    }
}
