import Foundation
import SyncCore
import TestSupport
import Testing

/// How commands end, and what they say when they fail.
@Suite struct ExitStatusTests {
    private let folder = TestFolder()

    /// An error has a mend, in words and as JSON, and says nothing on standard output. The mend of
    /// an unknown word is where to look it up.
    private func expectError(
        _ device: FieldDevice, _ arguments: [String], status: Int32,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let plain = try device.run(arguments)
        #expect(plain.status == status, "\(plain)", sourceLocation: sourceLocation)
        #expect(plain.stdout.isEmpty, "\(plain)", sourceLocation: sourceLocation)
        #expect(plain.stderr.contains("Error: "), "\(plain)", sourceLocation: sourceLocation)
        #expect(
            plain.stderr.split(separator: "\n").contains {
                $0.hasPrefix("Fix: ") && $0.count > "Fix: ".count
                    || $0.hasPrefix("  See '") && $0.contains(" --help'")
            }, "no mend: \(plain)", sourceLocation: sourceLocation)
        let json = try device.run(arguments + ["--json"])
        #expect(json.status == status, "\(json)", sourceLocation: sourceLocation)
        #expect(json.stdout.isEmpty, "\(json)", sourceLocation: sourceLocation)
        for key in ["code", "message", "mend"] {
            #expect(
                try !json.error.text(key).isEmpty, "no \(key): \(json)",
                sourceLocation: sourceLocation)
        }
    }

    @Test func command_wrongUsage_endsWith2() throws {
        let a = try FieldDevice("a", in: folder)
        try expectError(a, ["sync", "--nonsense"], status: 2)
        try expectError(a, ["stop", "fly"], status: 2)
        try expectError(a, ["stop", "add", "--point", "NDJ-014", "--mode", "fly"], status: 2)
        try expectError(
            a, ["stop", "add", "--point", "NDJ-014", "--team-size", "many"], status: 2)
        try expectError(
            a, ["stop", "add", "--point", "NDJ-014", "--arrived-at", "25:61"], status: 2)
        try expectError(a, ["stop", "list", "--shift", "someday"], status: 2)
        try expectError(a, ["join", "no-invite"], status: 2)
        #expect(try a.stopIDs().isEmpty)
    }

    @Test func command_failing_endsWith1() throws {
        let a = try FieldDevice("a", in: folder)
        try expectError(a, ["stop", "show", "ffffffff"], status: 1)
        try expectError(a, ["import", folder.file("none.csv"), "--into", "stops"], status: 1)
        try expectError(a, ["sync"], status: 1)
        try expectError(a, ["init"], status: 1)
        let personal = ["stop", "add", "--point", "NDJ-014", "--note", "call 13912345678"]
        try expectError(a, personal, status: 1)
        #expect(try a.stopIDs().isEmpty)
    }

    @Test(arguments: [
        ["status"], ["sync"], ["stop", "list"], ["stop", "add", "--point", "NDJ-014"],
        ["conflict", "list"], ["report"], ["why", "last"],
    ])
    func command_noReplica_endsWith10(_ arguments: [String]) throws {
        let a = try FieldDevice("a", in: folder)
        try FileManager.default.removeItem(atPath: a.replica)
        try expectError(a, arguments, status: 10)
        #expect(!FileManager.default.fileExists(atPath: a.replica))
    }

    @Test func sync_revokedThenHubDown_endsWith4Then5AndKeepsEverything() throws {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        try a.sync()
        let id = try a.addStop("--note", "kept")
        let device = try a.status().text("device")
        try hub.run("device", "revoke", device).succeeded()
        try expectError(a, ["sync"], status: 4)
        #expect(try a.pending == 1)

        hub.stop()
        try expectError(a, ["sync"], status: 5)
        try hub.start()
        try hub.run("device", "restore", device).succeeded()
        try hub.settle(a)
        #expect(try a.stopIDs() == [id])
    }

    @Test func save_fileLockedByOther_endsWith11() throws {
        let a = try FieldDevice("a", in: folder)
        let input = try ChildProcess.pipe()
        let other = try ChildProcess(
            Programs.sqlite(), [a.replica], environment: [:], input: input.read)
        close(input.read)
        defer {
            other.signal(SIGKILL)
            _ = other.reap()
            close(input.write)
        }
        let locking = Array("BEGIN IMMEDIATE; SELECT 'locked';\n".utf8)
        #expect(write(input.write, locking, locking.count) == locking.count)
        #expect(other.readLine(within: .seconds(10)) == "locked")

        let run = try a.run("stop", "add", "--point", "NDJ-014", "--json")
        #expect(run.status == 11, "\(run)")
        #expect(try !run.error.text("mend").isEmpty)
        // Reading goes on.
        #expect(try a.stopIDs().isEmpty)
    }

    @Test func watch_interrupted_endsWith130() throws {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        let watch = try a.start(["sync", "--watch", "--json"])
        let line = watch.child.readLine(within: .seconds(20))
        watch.child.signal(SIGINT)
        let run = try watch.finish()
        #expect(line?.contains(#""digest":""#) == true)
        #expect(run.status == 130, "\(run)")
    }

    @Test func error_chineseLocale_isInChinese() throws {
        let run = try StartedProgram(
            Programs.field, ["stop", "list", "--replica", folder.file("none.sqlite")],
            environment: ["LANG": "zh_CN.UTF-8"]
        ).finish()
        #expect(run.status == 10)
        #expect(run.stderr.contains("错误："))
        #expect(run.stderr.contains("解决办法："))
        #expect(!run.stderr.contains("Error"))
    }

    /// Permissions do not bind the superuser; the kernel's own folders do.
    @Test func init_folderNotWritable_saysSoAndLeavesNothing() throws {
        var parent = "/proc/x"
        if geteuid() != 0 {
            parent = folder.file("locked")
            try FileManager.default.createDirectory(
                atPath: parent, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o555])
        }
        let path = parent + "/replica.sqlite"
        for arguments in [["init"], ["init", "--json"]] {
            let run = try StartedProgram(Programs.field, arguments + ["--replica", path]).finish()
            #expect(run.status == 1, "\(run)")
            #expect(run.stdout.isEmpty)
            #expect(run.stderr.contains(parent), "\(run)")
            #expect(run.stderr.contains("Fix: ") || run.stderr.contains(#""mend":""#), "\(run)")
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
