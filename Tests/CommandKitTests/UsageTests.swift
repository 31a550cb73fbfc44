import Testing

@testable import CommandKit

/// The parser's real errors, in both languages.
@Suite struct UsageTests {
    @Test(arguments: [
        (["stop"], "错误：缺少参数“<point>”"),
        (["stop", "A", "--mod", "x"], "错误：没有选项“--mod”。是不是想输入“--mode”？"),
        (["stop", "A", "--zzzzzzzz"], "错误：没有选项“--zzzzzzzz”"),
        (["stop", "A", "--mode"], "错误：“--mode <mode>”后面缺少值"),
        (["stop", "A", "--json=1"], "错误：选项“--json”不带值，却写了“1”。"),
        (["stop", "A", "B"], "错误：多余的参数“B”"),
        (["stop", "A", "B", "C"], "错误：多余的 2 个参数：'B', 'C'"),
        (["stop", "A", "--slow", "--fast"], "错误：“--fast”与前面的“--slow”冲突，只能写一个"),
        (["stop", "A", "--people", "x"], "错误：“--people <people>”不能是“x”"),
        (["stop", "A", "--people=-1"], "错误：人数不能是负数"),
        (["stop", "A", "--kind", "x"], "错误：“--kind <kind>”不能是“x”，请从下面选一个："),
        (
            ["stop", "A", "--mode", "fot"],
            "错误：“--mode <mode>”不能是“fot”，请从这些里选一个：'foot'、'vehicle'、'bicycle'。"
        ),
        (
            ["stop", "A", "--expires", "x"],
            "错误：“--expires <expires>”不能是“x”：请写时长，例如 30m、24h、7d、1d12h 或 24小时，"
                + "最长 3660 天"
        ),
    ])
    func parse_mistake_isSaidInChinese(arguments: [String], firstLine: String) async {
        let talk = CapturingSink()
        let console = Console(data: CapturingSink(), talk: talk, environment: .init([:]))
        let status = await CommandRunner.status(
            running: SampleProgram.self, arguments: ["--lang", "zh"] + arguments, console: console)
        #expect(status == .usage)
        #expect(talk.text.prefix { $0 != "\n" } == firstLine)
        #expect(talk.text.contains("\n用法: sample stop "))
        #expect(talk.text.hasSuffix("\n  详细说明请运行“sample stop --help”。\n"))
    }

    @Test func parse_mistakeInEnglish_isTheParsersText() async {
        let run = await ProgramRun("stop")
        #expect(run.status == .usage)
        #expect(run.talk.hasPrefix("Error: Missing expected argument '<point>'\nHelp:  <point>"))
    }

    @Test func parse_nearValue_isSuggested() async {
        #expect(
            await ProgramRun("stop", "A", "--mode", "vehicel").talk
                .contains("\nDid you mean 'vehicle'?\nHelp:"))
        #expect(
            await ProgramRun("stop", "A", "--kind", "ligth", language: .zhHans).talk
                .contains("\n  - light\n是不是想输入“light”？\n"))
    }

    @Test func parse_nearSubcommand_isSuggested() async {
        for rest in [["--json"], ["--point", "A"], ["A", "B"], []] {
            let talk = CapturingSink()
            let console = Console(data: CapturingSink(), talk: talk, environment: .init([:]))
            let status = await CommandRunner.status(
                running: SampleProgram.self, arguments: ["stpo"] + rest, console: console)
            #expect(status == .usage)
            #expect(talk.text.contains("Unknown command 'stpo'"))
            #expect(talk.text.contains("Did you mean 'stop'?"))
        }
    }

    @Test func parse_unknownOptionOfAProgram_staysOne() async {
        let run = await ProgramRun("--bad", "stop")
        #expect(run.firstLine == "Error: Unknown option '--bad'")
    }

    @Test func parse_mistakeWithJSON_isOneObject() async {
        let run = await ProgramRun("stop", "--json", language: .zhHans)
        #expect(
            run.talk
                == #"{"error":{"code":"usage","message":"缺少参数“<point>”","#
                + #""mend":"详细说明请运行“sample stop --help”。","details":{}}}"# + "\n")
    }

    @Test func parse_harmfulArgument_isMadeVisible() async {
        for language in Language.allCases {
            let run = await ProgramRun("stop", "A", "\u{1B}[2J", language: language)
            #expect(run.status == .usage)
            #expect(!run.talk.contains("\u{1B}"))
            #expect(run.talk.contains("␛[2J"))
        }
    }

    @Test func help_chinese_isTranslatedAndFits() async {
        let run = await ProgramRun("stop", "--help", language: .zhHans, columns: 50)
        #expect(run.status == .ok)
        #expect(run.talk.isEmpty)
        #expect(run.data.hasPrefix("简介：记录一次停留。\n\n用法: sample stop "))
        #expect(run.data.contains("\n参数：\n  <point>                 点位编号。\n"))
        #expect(run.data.contains("人数。（默认：1）"))
        #expect(run.data.contains("  -h, --help              显示帮助。"))
        for line in run.data.split(separator: "\n") {
            #expect(line.displayWidth <= 50, "\(line)")
        }
    }

    @Test func help_tinyTerminal_keepsTheExplanations() async {
        for language in Language.allCases {
            let run = await ProgramRun("stop", "--help", language: language, columns: 20)
            #expect(run.data.contains("点位编号。"))
        }
    }

    @Test func help_chineseRoot_listsSubcommands() async {
        let run = await ProgramRun("help", language: .zhHans)
        #expect(run.data.contains("\n子命令：\n  stop                    记录一次停留。"))
        #expect(run.data.hasSuffix("\n  查看某个子命令的说明：sample help <subcommand>\n"))
    }

    @Test func help_chinese_leavesNoParserEnglish() async {
        let run = await ProgramRun("stop", "--help", language: .zhHans, columns: 200)
        for english in ["OVERVIEW", "USAGE", "OPTIONS", "ARGUMENTS", "default", "values", "Show"] {
            #expect(!run.data.contains(english))
        }
    }

    @Test func completionScript_chinese_isNotTouched() async {
        let english = await ProgramRun("--generate-completion-script", "bash")
        let chinese = await ProgramRun("--generate-completion-script", "bash", language: .zhHans)
        #expect(english.status == .ok)
        #expect(chinese.data.contains("COMPREPLY"))
        #expect(
            chinese.data.split(separator: "\n").count == english.data.split(separator: "\n").count)
    }
}
