import Foundation
import SyncCore
import TestSupport
import Testing

/// Small things that were seen to go wrong.
@Suite struct SmallThingsTests {
    private let folder = TestFolder()

    /// Runs a line of the shell; `$field` is the program.
    private func shell(_ line: String, _ device: FieldDevice) throws -> ProgramRun {
        try StartedProgram(
            "/bin/sh", ["-c", line],
            environment: [
                "field": Programs.field, "SYNC_FIELD_REPLICA": device.replica, "TERM": "xterm",
                "HOME": folder.path, "DIR": folder.file("mount"),
            ]
        ).finish()
    }

    @Test func hazard_steps_setStatusAndWhatBelongsToIt() throws {
        let a = try FieldDevice("a", in: folder)
        let id = try a.json("hazard", "add", "noise").text("id")
        func fields() throws -> JSONValue { try a.json("hazard", "show", id)["fields"] ?? .null }
        #expect(try fields().text("status") == "open")
        try a.run("hazard", "assign", "last", "消防").succeeded()
        #expect(try fields().text("status") == "assigned")
        #expect(try fields().text("assigned_to") == "fire_service")
        #expect(try a.run("hazard", "assign", "last", "城").succeeded().stdout.contains("urban"))
        try a.run("hazard", "resolve", id, "moved", "away", "--accident-prevented").succeeded()
        #expect(try fields().text("status") == "resolved")
        #expect(try fields().text("resolution") == "moved away")
        #expect(try fields()["accident_prevented"] == .bool(true))
        #expect(try !fields().text("resolved_at").isEmpty)
        try a.run("undo").succeeded()
        #expect(try fields().text("status") == "assigned")
        try a.run("hazard", "dismiss", id, "a film was made").succeeded()
        #expect(try fields().text("status") == "dismissed")
    }

    /// On a terminal styles are written, and never their letters.
    @Test func terminal_noLiteralEscapeCodes() throws {
        let a = try FieldDevice("a", in: folder)
        _ = try a.addStop("--note", "x")
        for command in ["stop show last", "stop list", "report", "handover", "why last", "status"] {
            let run = try shell(
                "script -qec \"$field \(command)\" /dev/null </dev/null", a
            ).succeeded()
            #expect(!run.stdout.isEmpty)
            #expect(!run.stdout.contains("␛") && !run.stdout.contains("[2m["), "\(run)")
        }
    }

    @Test func narrowTerminal_columnsThatDoNotFitAreNamed() throws {
        let a = try FieldDevice("a", in: folder)
        _ = try a.addStop("--note", "x", "--mode", "foot", "--people-helped", "3")
        let run = try shell(
            "script -qec \"stty cols 40; $field stop list\" /dev/null </dev/null", a
        ).succeeded()
        #expect(run.stdout.contains("No room for:"))
        #expect(run.stdout.contains("Note"))
        #expect(run.stdout.split(separator: "\r\n").allSatisfy { $0.count < 90 })
    }

    @Test func standardOutputClosed_isAnError_closedPipeIsNot() throws {
        let a = try FieldDevice("a", in: folder)
        _ = try a.addStop()
        let closed = try shell("$field stop list >&-", a)
        #expect(closed.status == 1)
        #expect(closed.stderr.contains("could not be written"))
        let pipe = try shell("$field stop list | true", a)
        #expect(pipe.status == 0 && !pipe.stderr.contains("Error"))
    }

    @Test(.enabled(if: geteuid() == 0, "mounting is the superuser's"))
    func readOnlyMedium_isRead_andFullDiskIsCalledThat() throws {
        let a = try FieldDevice("a", in: folder)
        _ = try a.addStop("--note", "there")
        let run = try shell(
            """
            exec unshare -m /bin/sh -c '
            mkdir $DIR && mount -t tmpfs -o size=4m tmpfs $DIR &&
            cp "${SYNC_FIELD_REPLICA%.sqlite}".* $DIR && cd $DIR && export SYNC_FIELD_REPLICA=$DIR/a.sqlite
            mount -o remount,ro $DIR
            $field stop list; echo "list $?"; $field report; echo "report $?"
            $field why last; echo "why $?"; $field export --collection stops --output -; echo "export $?"
            $field stop add X; echo "add $?"
            mount -o remount,rw $DIR; dd if=/dev/zero of=fill bs=1k count=9999 2>/dev/null
            $field stop add X; echo "full $?"'
            """, a)
        for line in ["list 0", "report 0", "why 0", "export 0", "add 1", "full 1"] {
            #expect(run.stdout.contains(line), "\(run)")
        }
        #expect(run.stdout.contains("there"))
        #expect(run.stderr.contains("The disk is full"))
    }
}
