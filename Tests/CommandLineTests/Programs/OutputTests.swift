import Foundation
import SyncCore
import TestSupport
import Testing

/// Standard output that is closed, full, or read no further; and Ctrl-C.
@Suite struct OutputTests {
    private let folder = TestFolder()

    /// A replica and a hub for the three programs to speak of.
    private func commands() throws -> [(program: String, arguments: [String])] {
        let device = try FieldDevice("a", in: folder)
        _ = try device.addStop()
        let hub = folder.file("hub")
        try StartedProgram(Programs.hub, ["init", "--data", hub]).finish().succeeded()
        return [
            (Programs.field, ["stop", "list", "--replica", device.replica]),
            (Programs.field, ["stop", "list", "--replica", device.replica, "--json"]),
            (Programs.field, ["--help"]),
            (Programs.hub, ["status", "--data", hub]),
            (Programs.hub, ["device", "list", "--data", hub, "--json"]),
            (Programs.audit, ["verify", hub]),
            (Programs.audit, ["verify", device.replica, "--json"]),
        ]
    }

    /// Runs a program with its output led elsewhere by a shell, as a person does it.
    private func run(
        _ command: (program: String, arguments: [String]), _ end: String, from start: String = ""
    ) throws -> ProgramRun {
        try StartedProgram(
            "/bin/sh",
            ["-c", "\(start)\"$0\" \"$@\" \(end)", command.program] + command.arguments
        ).finish()
    }

    @Test(arguments: [(">&-", "Bad file descriptor"), (">/dev/full", "No space left on device")])
    func output_cannotBeWritten_endsWith1AndSaysWhy(redirection: String, reason: String) throws {
        for command in try commands() {
            let run = try run(command, redirection)
            #expect(run.status == 1, "\(run)")
            #expect(run.stderr.contains(reason), "\(run)")
            if command.arguments.contains("--json") {
                #expect(try run.error.text("code") == "output_failed", "\(run)")
            } else {
                #expect(run.stderr.contains("Fix: "), "\(run)")
            }
        }
    }

    /// The reader has what it wanted: no reason to complain.
    @Test func output_readNoFurther_isNoError() throws {
        let device = try FieldDevice("b", in: folder)
        // More than a pipe holds.
        let rows = (0..<3_000).map { "NDJ-014,foot,2026-11-01T20:00:00+08:00,3,row \($0)" }
        try "point,mode,arrived_at,team_size,note\n\(rows.joined(separator: "\n"))\n".write(
            toFile: folder.file("rows.csv"), atomically: false, encoding: .utf8)
        try device.run("import", folder.file("rows.csv"), "--into", "stops").succeeded()
        let list = ["stop", "list", "--replica", device.replica, "--json"]
        for command in try commands() + [(Programs.field, list)] {
            let status = folder.file("status")
            let run = try run(command, "; echo $? >'\(status)'; } | head -c 1", from: "{ ")
            let own = try String(contentsOfFile: status, encoding: .utf8).trimmed
            #expect(own == "0", "\(run)")
            #expect(!run.stderr.contains("output"), "\(run)")
        }
    }

    /// Talk that nobody can read changes nothing of what is done.
    @Test func talk_closed_isNoError() throws {
        for command in try commands() {
            let run = try run(command, "2>&-")
            #expect(run.status == 0, "\(run)")
            #expect(!run.stdout.isEmpty)
        }
    }

    /// What was saved before its "Saved" could be shown is said to be there.
    @Test func save_outputFull_isSavedAndSaysToLook() throws {
        let device = try FieldDevice("c", in: folder)
        let save = ["stop", "add", "--point", "NDJ-014", "--replica", device.replica]
        let run = try run((Programs.field, save), ">/dev/full")
        #expect(run.status == 1)
        #expect(run.stderr.contains("What was saved stays saved"), "\(run)")
        #expect(try device.stopIDs().count == 1)
    }

    @Test func program_interrupted_endsWith130AndSaysWhatIsSaved() throws {
        let replica = try FieldDevice("d", in: folder).replica
        let pipe = folder.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let key = String(repeating: "0", count: 64)
        let commands = [
            (Programs.field, ["import", pipe, "--into", "stops", "--replica", replica]),
            (Programs.audit, ["check-proof", pipe, "--hub-key", key]),
        ]
        for (program, arguments) in commands {
            for form in [[], ["--json"]] {
                let started = try StartedProgram(program, arguments + form)
                // It waits for somebody who writes; opening succeeds once it does.
                let end = try Self.openForWriting(pipe)
                started.child.signal(SIGINT)
                let run = try started.finish()
                close(end)
                #expect(run.status == 130, "\(run)")
                #expect(run.stderr.contains("What was saved stays saved"), "\(run)")
                if !form.isEmpty { #expect(try run.error.text("code") == "interrupted") }
            }
        }
    }

    @Test func follow_interrupted_endsWith130AndSaysWhatIsSaved() throws {
        let hub = try RunningHub(in: folder)
        let invite = try hub.invite("f", role: "auditor")
        let copy = ["--data", folder.file("copy"), "--json"]
        let started = try StartedProgram(Programs.hub, ["follow", invite] + copy)
        #expect(started.child.readLine(within: .seconds(20)) != nil)
        started.child.signal(SIGINT)
        let run = try started.finish()
        #expect(run.status == 130, "\(run)")
        #expect(run.stderr.contains("What was saved stays saved"), "\(run)")
    }

    private static func openForWriting(_ path: String) throws -> Int32 {
        let limit = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < limit {
            let end = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            if end >= 0 { return end }
            usleep(5_000)
        }
        throw ProcessFault("nobody reads \(path)")
    }
}
