import SyncCore
import TestSupport
import Testing

/// One short line, and what comes back of it.
@Suite struct ShortLineTests {
    private let folder = TestFolder()

    /// A device with the sample's points.
    private func device() throws -> FieldDevice {
        let hub = try RunningHub(in: folder)
        let device = try FieldDevice("a", in: folder, hub: hub)
        try hub.run("point", "import", Programs.sample("points.csv")).succeeded()
        try device.sync()
        return device
    }

    @Test func stop_pointOptionsAndNote_areUnderstoodAndShown() throws {
        let a = try device()
        let run = try a.run("stop", "add", "14", "-p2", "-mb", "-t", "３", "灯箱", "松动").succeeded()
        #expect(run.stdout.split(separator: "\n").count == 1)
        for part in ["NDJ-014 嘉宏星光天地14号点 (SM04)", "by bicycle", "People helped 2", "灯箱 松动"] {
            #expect(run.stdout.contains(part), "\(run)")
        }
        let next = try a.json("stop", "add", "15")
        #expect(next["fields"]?.text("mode") == "bicycle")
        #expect(next["fields"]?.number("team_size") == 3)
        #expect(next["filled"]?.array?.map(\.string) == ["grid", "mode", "team_size"])
        let chinese = try a.run("stop", "add", "１５", "-m", "步", "--lang", "zh-Hans").succeeded()
        #expect(chinese.stdout.hasPrefix("已保存"))
        #expect(chinese.stdout.contains("步巡"))
    }

    @Test func unknownPoint_isRefusedWithTheNearest() throws {
        let a = try device()
        let run = try a.run("stop", "add", "NDJ-O14")
        #expect(run.status == 2)
        #expect(run.stderr.contains("NDJ-014 嘉宏星光天地14号点"))
        #expect(run.stderr.contains("--new-place"))
        #expect(try a.stopIDs().isEmpty)
        let kept = try a.json("stop", "add", "NDJ-O14", "--new-place")
        #expect(kept["fields"]?.text("point") == "NDJ-O14")
        #expect(try a.run("hazard", "add", "noise", "-g", "XX99").status == 2)
    }

    @Test func severalReadings_onAPipe_areRefusedByName() throws {
        let a = try device()
        let run = try a.run("stop", "add", "南大街", "--json")
        #expect(run.status == 2)
        let problem = try #require(try run.error["details"]?["problems"]?.array?.first)
        #expect(problem.text("code") == "ambiguous_place")
        #expect(problem["choices"]?.array?.count == 8)
    }

    @Test func noPointList_everythingIsTakenAndSaid() throws {
        let a = try FieldDevice("a", in: folder)
        let run = try a.run("stop", "add", "X-1", "--lang", "zh-Hans").succeeded()
        #expect(run.stderr.contains("点位表"))
        #expect(run.stdout.contains("X-1"))
    }

    @Test func value_thatBeginsWithAHyphen_getsTheMend() throws {
        let a = try FieldDevice("a", in: folder)
        let run = try a.run("stop", "add", "X-1", "--note", "-1")
        #expect(run.status == 2 && run.stderr.contains("--note=-1"))
        #expect(try a.json("stop", "add", "X-1", "--note=-1")["fields"]?.text("note") == "-1")
        let short = try a.run("stop", "add", "X-1", "-p", "-1")
        #expect(short.status == 2 && short.stderr.contains("'-p-1'"))
    }

    @Test func unlikelyTime_onAPipe_isRefusedUnlessAsIs() throws {
        let a = try FieldDevice("a", in: folder)
        let texts = ["stop", "add", "X-1", "--arrived-at", "2019-01-05 21:40"]
        let run = try a.run(texts)
        #expect(run.status == 2 && run.stderr.contains("--as-is"))
        try a.run(texts + ["--as-is"]).succeeded()
    }
}
