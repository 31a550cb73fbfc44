import Foundation
import SyncCore
import TestSupport
import Testing

/// Help, topics, completions and the config file.
@Suite struct HelpTests {
    private let folder = TestFolder()

    private func run(_ arguments: [String], _ environment: [String: String] = [:]) throws
        -> ProgramRun
    {
        try StartedProgram(
            Programs.field, arguments,
            environment: ["HOME": folder.path].merging(environment) { $1 }
        ).finish()
    }

    /// The words of each command, from what the program says of itself.
    private func commands() throws -> [[String]] {
        let dump = try run(["--experimental-dump-help"]).succeeded().json
        func walk(_ command: JSONValue, _ path: [String]) -> [[String]] {
            let children = command["subcommands"]?.array ?? []
            let named = children.filter { $0["commandName"]?.string != "help" }
            return [path]
                + named.flatMap { walk($0, path + [$0.text("commandName")]) }
        }
        return walk(dump["command"] ?? .null, [])
    }

    @Test func everyHelp_beginsWithExamples() throws {
        let commands = try commands()
        #expect(commands.count > 45)
        for words in commands {
            let text = try run(words + ["--help"]).succeeded().stdout
            let place = try #require(
                text.firstRange(of: "EXAMPLES:"), "\(words.joined(separator: " "))")
            let usage = try #require(text.firstRange(of: "USAGE:"))
            #expect(place.lowerBound < usage.lowerBound)
        }
        let chinese = try run(["stop", "add", "--help", "--lang", "zh-Hans"]).succeeded().stdout
        #expect(chinese.contains("示例："))
    }

    @Test(arguments: ["times", "exit-codes", "files", "completions"])
    func topics_areTold(_ topic: String) throws {
        let english = try run(["help", topic]).succeeded().stdout
        let chinese = try run(["help", topic, "--lang", "zh-Hans"]).succeeded().stdout
        #expect(english.count > 100 && chinese.count > 50 && english != chinese)
        #expect(try run(["--help"]).stdout.contains(topic))
    }

    @Test func mistypedCommand_getsTheNearest() throws {
        let run = try run(["stpo"])
        #expect(run.status == 2 && run.stderr.contains("Did you mean 'stop'?"))
    }

    @Test func aloneOnAPipe_isTheHelp() throws {
        #expect(try run([]).succeeded().stdout.contains("SUBCOMMANDS:"))
        #expect(try run(["--json"]).status == 10)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionScripts_areMade(_ shell: String) throws {
        let script = try run(["--generate-completion-script", shell]).succeeded().stdout
        #expect(script.contains("handover") && script.contains("---completion"))
    }

    @Test func completion_offersPointsAndIDs() throws {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        try hub.run("point", "import", Programs.sample("points.csv")).succeeded()
        try a.sync()
        let id = try a.addStop()
        let environment = ["SYNC_FIELD_REPLICA": a.replica, "SAP_SHELL": "bash"]
        let points = try run(
            [
                "---completion", "stop", "add", "--", "--point", "3", "0", "sync-field", "stop",
                "add", "--point", "",
            ],
            environment
        ).succeeded().stdout
        #expect(points.contains("NDJ-014"), "\(points)")
        let ids = try run(
            [
                "---completion", "stop", "edit", "--", "positional@0", "3", "0", "sync-field",
                "stop", "edit", "",
            ],
            environment
        ).succeeded().stdout
        #expect(ids.contains(id.prefix(12)), "\(ids)")
    }

    @Test func configFile_setsLanguageReplicaAndFields() throws {
        let config = folder.file(".config/fieldsync")
        try FileManager.default.createDirectory(
            atPath: config, withIntermediateDirectories: true)
        try """
        # a lead's own
        lang = zh-Hans
        replica = \(folder.file("mine.sqlite"))
        stop.mode = bicycle
        stop.team_size = 4
        """.write(toFile: config + "/config", atomically: true, encoding: .utf8)
        #expect(try run(["init"]).succeeded().stdout.contains("本地记录库"))
        let added = try run(["stop", "add", "X-1", "--json"]).succeeded().json
        #expect(added["fields"]?.text("mode") == "bicycle")
        #expect(added["fields"]?.number("team_size") == 4)
        let typed = try run(["stop", "add", "X-1", "-m", "f", "--json"]).succeeded().json
        #expect(typed["fields"]?.text("mode") == "foot")
        // What was typed last goes before the file; an option before both.
        let next = try run(["stop", "add", "X-2", "--json"]).succeeded().json
        #expect(next["fields"]?.text("mode") == "foot")
        #expect(try run(["stop", "list", "--lang", "en"]).succeeded().stdout.contains("Point"))
        #expect(
            try run(["status"], ["SYNC_FIELD_REPLICA": folder.file("other.sqlite")]).status == 10)
    }
}
