import Foundation
import Testing

/// The short part of `make faults` and `make crash`; docs/testing.md, Faults.
///
/// The drivers are Python, as the fault library that they load is C: neither shares a line with
/// what they judge.
@Suite(.serialized) struct FaultTests {
    private static let scripts = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Scripts/faults").path

    private static let programs = URL(filePath: Programs.field).deletingLastPathComponent().path

    private func run(_ script: String, _ arguments: [String], within limit: Duration) throws {
        let run = try StartedProgram(
            "/usr/bin/env", ["python3", "\(Self.scripts)/\(script)", Self.programs] + arguments,
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
        ).finish(within: limit)
        #expect(run.status == 0, "\(run)")
    }

    /// Every 17th write of these, under an I/O error and a disk that is full for good.
    private static let commands = [
        "save", "sync", "serve a push", "hub: restore", "init", "hub: init", "restore",
        "hub: key replace",
    ]

    @Test func write_failing_losesNothingAndGoesOn() throws {
        try run(
            "faults.py",
            [
                "--only", Self.commands.joined(separator: ","), "--kinds", "1,6", "--step", "17",
                "--jobs", "2", "--minutes", "1.5",
            ], within: .seconds(200))
    }

    /// A file under its own name is whole: each write of an export, with no space left.
    @Test func export_diskIsFull_leavesNoPartOfAFile() throws {
        try run(
            "faults.py", ["--only", "export", "--kinds", "5", "--jobs", "2", "--minutes", "1"],
            within: .seconds(120))
    }

    /// A hub that had been killed lost its log where the file beside it could not be cut: SQLite
    /// removed the log at the end of the connection that had failed.
    @Test func open_logCannotBeRead_leavesTheLog() throws {
        try run(
            "faults.py",
            [
                "--only", "hub: device revoke", "--kinds", "6", "--step", "3", "--jobs", "2",
                "--minutes", "1",
            ], within: .seconds(150))
    }

    @Test func program_killed_losesNothingAndGoesOn() throws {
        try run("crash.py", ["--cycles", "50", "--minutes", "1.2"], within: .seconds(200))
    }
}
