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

    @Test(arguments: [
        "save", "sync", "init", "restore", "hub: init", "hub: restore", "hub: key replace",
        "serve a push",
    ])
    func write_failing_losesNothingAndGoesOn(command: String) throws {
        // Every ninth write under an I/O error and a disk that is full for good.
        try run(
            "faults.py", ["--only", command, "--kinds", "1,6", "--step", "9", "--jobs", "2"],
            within: .seconds(170))
    }

    @Test func program_killed_losesNothingAndGoesOn() throws {
        try run("crash.py", ["--cycles", "50", "--minutes", "1.5"], within: .seconds(170))
    }
}
