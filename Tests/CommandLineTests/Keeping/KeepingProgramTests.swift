import Foundation
import SyncCore
import TestSupport
import Testing

/// Backups, restores, followers and look-overs with the programs themselves.
@Suite struct KeepingProgramTests {
    private let folder = TestFolder()
    private let hub: RunningHub

    init() throws { hub = try RunningHub(in: folder) }

    private func hubProgram(_ arguments: [String]) throws -> StartedProgram {
        try StartedProgram(Programs.hub, arguments)
    }

    private func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.file(name))
    }

    private func verifiesClean(_ name: String) throws -> Bool {
        try StartedProgram(Programs.audit, ["verify", folder.file(name), "--json"]).finish().status
            == 0
    }

    @Test func backup_whileTwentyDevicesPush_isAlwaysWholeAndTold() throws {
        let devices = try (1...20).map { try FieldDevice("d\($0)", in: folder, hub: hub) }
        for round in 1...2 {
            for device in devices { _ = try device.addStop("--note", "round \(round)") }
            let syncs = try devices.map { try $0.start(["sync", "--json"]) }
            var positions: [Int64] = []
            for number in 1...3 {
                let name = "backup-\(round)-\(number)"
                let made = try hub.run("backup", folder.file(name), "--json").succeeded().json
                #expect(made["verified"]?.bool == true)
                positions.append(made.number("position"))
                #expect(try verifiesClean(name))
            }
            #expect(positions == positions.sorted())
            for sync in syncs { try sync.finish().succeeded() }
        }
        let last = try hub.run("backup", folder.file("last"), "--json").succeeded().json
        #expect(last.number("position") == (try hub.position))
        #expect(last.text("digest") == (try hub.digest))
        try devices[0].sync()
        let told = try devices[0].status().number("backed_up_position")
        #expect(told == last.number("position"))
        #expect(try verifiesClean("hub"))
    }

    @Test func backup_killedInTheMiddle_leavesNoFileOfThatNameAndTheHubAsItWas() throws {
        let device = try FieldDevice("a", in: folder, hub: hub)
        for number in 1...5 { _ = try device.addStop("--note", "stop \(number)") }
        try device.sync()
        let path = folder.file("backup")
        var kills = 0
        for moment in stride(from: 4, through: 60, by: 8) {
            let program = try hubProgram(["backup", path, "--data", folder.file("hub")])
            if program.kill(after: .milliseconds(moment)) {
                kills += 1
                #expect(!exists("backup"))
            } else {
                try FileManager.default.removeItem(atPath: path)
            }
        }
        #expect(kills > 0)
        #expect(try verifiesClean("hub"))
        _ = try device.addStop("--note", "after")
        try device.sync()
        let made = try hub.run("backup", path, "--json").succeeded().json
        #expect(made.number("position") == (try hub.position))
        #expect(!exists("backup.part"))
    }

    /// A limit on the size of files stands for the full disk.
    @Test func backup_noRoom_failsWithAMendAndLeavesNothing() throws {
        let device = try FieldDevice("a", in: folder, hub: hub)
        _ = try device.addStop("--note", "kept")
        try device.sync()
        let line = "trap '' XFSZ; ulimit -f 32; exec \"$0\" \"$@\""
        let run = try StartedProgram(
            "/bin/sh",
            [
                "-c", line, Programs.hub, "backup", folder.file("backup"), "--data",
                folder.file("hub"), "--json",
            ]
        ).finish()
        #expect(run.status == 1, "\(run)")
        #expect(try !run.error.text("mend").isEmpty)
        #expect(!exists("backup") && !exists("backup.part"))
        #expect(try hub.status().number("backed_up_position") == 0)
        #expect(try verifiesClean("hub"))
    }

    @Test func hubLost_backupAndFollower_devicesNoticeNothing() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        _ = try a.addStop("--note", "before")
        try hub.settle(a, b)
        let invite = try hub.invite("follower", role: "auditor")
        let copy = folder.file("copy")
        let first = try hubProgram(["follow", invite, "--data", copy, "--once", "--json"])
            .finish().succeeded().json
        #expect(first.number("position") == (try hub.position))
        try hub.run("backup", folder.file("backup"), "--json").succeeded()
        _ = try a.addStop("--note", "after the backup")
        try hub.settle(a, b)
        try hubProgram(["follow", "--data", copy, "--once"]).finish().succeeded()
        #expect(try verifiesClean("copy"))
        for refused in [["serve"], ["invite", "--name", "x"], ["status"]] {
            let run = try hubProgram(refused + ["--data", copy, "--json"]).finish()
            #expect(run.status == 1)
            #expect(try run.error.text("code") == "is_follower")
        }

        let before = try hub.status()
        hub.stop()
        try FileManager.default.removeItem(atPath: folder.file("hub"))
        let restored = try hub.run(
            "restore", folder.file("backup"), "--with", copy, "--json"
        ).succeeded().json
        #expect(restored["new_epoch"]?.bool == false)
        #expect(restored.text("epoch") == before.text("epoch"))
        #expect(restored.text("digest") == before.text("digest"))
        let again = try hub.run("restore", folder.file("backup"), "--json")
        #expect(again.status == 1)
        #expect(try again.error.text("code") == "in_use")
        try hub.start()
        #expect(try a.sync()["notices"]?.array?.isEmpty == true)
        try hub.settle(a, b)
        #expect(try hub.status()["epochs"]?.array?.count == 1)
        #expect(try verifiesClean("hub"))
    }

    @Test func follow_rewrittenBehindItsBack_namesBothHeadsAndFails() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let copy = folder.file("copy")
        let invite = try hub.invite("follower", role: "auditor")
        try hubProgram(["follow", invite, "--data", copy, "--once"]).finish().succeeded()
        hub.stop()
        try FileManager.default.copyItem(
            atPath: folder.file("hub"), toPath: folder.file("old"))
        try hub.start()
        _ = try a.addStop("--note", "followed")
        try a.sync()
        try hubProgram(["follow", "--data", copy, "--once"]).finish().succeeded()
        hub.stop()
        try FileManager.default.removeItem(atPath: folder.file("hub"))
        try FileManager.default.copyItem(
            atPath: folder.file("old"), toPath: folder.file("hub"))
        try hub.run("device", "list").succeeded()
        try hub.start()
        let b = try FieldDevice("b", in: folder, hub: hub)
        _ = try b.addStop("--note", "another")
        try b.sync()
        let run = try hubProgram(["follow", "--data", copy, "--once", "--json"]).finish()
        #expect(run.status == 1)
        let details = try #require(try run.error["details"])
        let (held, shown) = (details["held"] ?? .null, details["shown"] ?? .null)
        #expect(held.text("root") != shown.text("root"))
        #expect(held.number("size") == shown.number("size"))
        #expect(exists("copy") && FileManager.default.fileExists(atPath: details.text("evidence")))
        let spoken = try hubProgram(["follow", "--data", copy, "--once"]).finish()
        #expect(spoken.stderr.contains(String(held.text("root").prefix(12))))
        #expect(spoken.stderr.contains(String(shown.text("root").prefix(12))))
        let next = try hubProgram(["follow", "--data", copy, "--once", "--again"]).finish()
        #expect(next.status == 0, "\(next)")
        #expect(try verifiesClean("copy"))
    }

    @Test func clockTenYearsAhead_doctorNamesIt_resetLetsDevicesGoOn() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let id = try a.addStop("--note", "before")
        try a.sync()
        try hub.run("backup", folder.file("backup")).succeeded()
        #expect(try hub.run("doctor", "--json").succeeded().json["ok"]?.bool == true)
        hub.stop()
        try hub.start(clock: .off(days: 3_650))
        try a.edit(id, "--note", "while it was ahead")
        try a.sync()
        hub.stop()
        try hub.start(clock: .right)
        let sick = try hub.run("doctor", "--json")
        #expect(sick.status == 1)
        let checks = try sick.json["checks"]?.array ?? []
        let clock = try #require(checks.first { $0.text("id") == "clock" })
        #expect(clock.text("level") == "bad")
        #expect(clock.text("mend").contains("clock reset"))
        #expect(clock.text("text").contains("9 y 364 d") || clock.text("text").contains("10 y"))
        #expect(try hub.run("clock", "reset").status == 2)
        let reset = try hub.run("clock", "reset", "--yes", "--json").succeeded().json
        #expect(reset["reset"]?.bool == true)
        try a.edit(id, "--note", "a later edit")
        try a.sync()
        try a.sync()
        #expect(try a.note(id) == "a later edit")
        let healthy = try hub.run("doctor", "--json").json["checks"]?.array ?? []
        #expect(healthy.first { $0.text("id") == "clock" }?.text("level") == "ok")
        #expect(try verifiesClean("hub"))
    }

    @Test func fieldBackup_restoresElsewhere_doctorTellsWhatIsMissing() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        _ = try a.addStop("--note", "one")
        try a.sync()
        let path = folder.file("a.backup")
        let made = try a.json("backup", path)
        #expect(made["verified"]?.bool == true && made["key"]?.bool == true)
        #expect(try a.run("backup", path, "--json").error.text("code") == "file_exists")
        let target = folder.file("again.sqlite")
        try a.run("restore", path, "--replica", target, "--json").succeeded()
        #expect(try a.run("restore", path, "--replica", target, "--json").status == 1)
        #expect(try a.run("doctor", "--replica", target, "--json").succeeded().json["ok"] == true)
        try FileManager.default.removeItem(atPath: folder.file("again.key"))
        let sick = try a.run("doctor", "--replica", target, "--json")
        #expect(sick.status == 1)
        let bad = try sick.json["checks"]?.array?.filter { $0.text("level") == "bad" }
        #expect(bad?.map { $0.text("id") } == ["key"])
        hub.stop()
        let alone = try a.json("doctor")["checks"]?.array ?? []
        #expect(alone.first { $0.text("id") == "hub" }?.text("level") == "warn")
    }
}
