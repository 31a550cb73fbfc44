import Glibc
import Testing

@testable import CommandKit

@Suite struct CommandRunnerTests {
    @Test func run_goodCommand_printsDataOnly() async {
        let run = await ProgramRun("stop", "A")
        #expect(run.status == .ok)
        #expect(run.data == "A en\n")
        #expect(run.talk.isEmpty)
    }

    @Test(arguments: [["--lang", "zh", "stop", "A"], ["stop", "A", "--lang=zh_TW"]])
    func run_languageOption_holdsAnywhere(arguments: [String]) async {
        let data = CapturingSink()
        let console = Console(data: data, talk: CapturingSink(), environment: .init([:]))
        let status = await CommandRunner.status(
            running: SampleProgram.self, arguments: arguments, console: console)
        #expect(status == .ok)
        #expect(data.text == "A zh-Hans\n")
    }

    @Test func run_unknownLanguage_isUsage() async {
        let run = await ProgramRun("stop", "A", "--lang", "fr")
        #expect(run.status == .usage)
        #expect(run.firstLine.contains("'fr'"))
    }

    @Test func run_version_goesToData() async {
        let run = await ProgramRun("--version", language: .zhHans)
        #expect(run.status == .ok)
        #expect(run.data == "1.2.3\n")
    }

    @Test func run_failure_saysMessageAndMend() async {
        let run = await ProgramRun("fail", "replica", language: .zhHans)
        #expect(run.status == .noReplica)
        #expect(
            run.talk == """
                错误：这里还没有本地记录库：/r␛c
                解决办法：请运行“sample init”新建一个，或用 --replica 指定已有的文件。

                """)
        #expect(run.data.isEmpty)
    }

    @Test func run_failureWithJSON_isOneObject() async {
        let run = await ProgramRun("fail", "replica", "--json")
        #expect(run.status == .noReplica)
        #expect(
            run.talk
                == #"{"error":{"code":"no_replica","message":"There is no replica at /r␛c","#
                + #""mend":"Run 'sample init' to make one, or name yours with --replica.","#
                + #""details":{"path":"/r\u001bc"}}}"# + "\n")
    }

    @Test func run_statusThrown_endsSilently() async {
        for (how, status) in [
            ("partly", ExitStatus.partly), ("code", .partly), ("oddcode", .failed),
        ] {
            let run = await ProgramRun("fail", how)
            #expect(run.status == status)
            #expect(run.talk.isEmpty)
        }
    }

    @Test func run_validationInRun_isUsage() async {
        let run = await ProgramRun("fail", "validation", language: .zhHans)
        #expect(run.status == .usage)
        #expect(run.firstLine == "错误：坏的")
    }

    @Test func run_helpThrown_goesToData() async {
        let run = await ProgramRun("fail", "help", language: .zhHans)
        #expect(run.status == .ok)
        #expect(run.data.hasPrefix("用法: sample fail"))
    }

    @Test func run_cancelled_isInterrupted() async {
        #expect(await ProgramRun("fail", "cancelled").status == .interrupted)
    }

    @Test func run_foreignError_isUnexpectedUnlessTranslated() async {
        let unknown = await ProgramRun("fail", "else")
        #expect(unknown.status == .failed)
        #expect(unknown.firstLine == "Error: Something unexpected happened: Foreign()")
        let known = await ProgramRun("fail", "known")
        #expect(known.status == .interrupted)
    }

    @Test func run_failureInValidate_isUsageWithItsWords() async {
        let run = await ProgramRun("stop", "A", "--people", "100", "--json")
        #expect(run.status == .usage)
        #expect(run.talk.contains(#""code":"usage","message":"人太多。 请减少。""#))
    }

    @Test func run_dataLost_isFailure() async {
        let run = await ProgramRun("stop", "A", failure: OutputFailure(number: ENOSPC))
        #expect(run.status == .failed)
        #expect(run.firstLine.contains("No space left on device"))
    }

    @Test func run_readerGone_isOk() async {
        let run = await ProgramRun("stop", "A", failure: OutputFailure(number: EPIPE))
        #expect(run.status == .ok)
        #expect(run.talk.isEmpty)
    }

    @Test func systemError_knownNumbers_haveWords() {
        #expect(CommandFailure(systemError: ENOSPC, path: "/x")?.code == "disk_full")
        #expect(CommandFailure(systemError: EROFS, path: "/x")?.code == "read_only")
        #expect(CommandFailure(systemError: EBUSY, path: "/x")?.status == .locked)
        #expect(CommandFailure(systemError: EDOM, path: "/x") == nil)
    }
}
