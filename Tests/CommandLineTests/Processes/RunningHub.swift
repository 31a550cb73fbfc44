import Foundation
import SyncCore
import Synchronization
import TestSupport

/// A hub in a data folder of its own, served by `sync-hub`. It ends when the test does.
final class RunningHub: Sendable {
    private struct Serving {
        let child: ChildProcess
        let guardian: ProcessGuardian
    }

    private struct State {
        var serving: Serving?
        var clock: WallClock
        var address = "127.0.0.1:0"
    }

    private let folder: TestFolder
    private let data: String
    private let state: Mutex<State>

    private static let startLimit = Duration.seconds(30)

    init(in folder: TestFolder, clock: WallClock = .right) throws {
        self.folder = folder
        data = folder.file("hub")
        state = Mutex(State(clock: clock))
        try run("init", "--space", "test").succeeded()
        try start()
    }

    deinit { crash() }

    /// `http://127.0.0.1:PORT`, the same after each start.
    var url: String { "http://" + state.withLock(\.address) }

    /// Runs a command on the data folder.
    func run(_ arguments: String...) throws -> ProgramRun {
        let all = arguments + ["--data", data]
        return try StartedProgram(Programs.hub, all, clock: state.withLock(\.clock)).finish()
    }

    func status() throws -> JSONValue { try run("status", "--json").succeeded().json }

    var position: Int64 { get throws { try status().number("position") } }
    var digest: String { get throws { try status().text("digest") } }

    /// An invite that leads to an address: the hub's own if nil.
    func invite(_ name: String, url: String? = nil, role: String = "lead") throws -> String {
        try run(
            "invite", "--name", name, "--role", role, "--url", url ?? self.url, "--json"
        ).succeeded().json.text("invite")
    }

    /// Serves, and returns when it takes requests.
    func start(clock: WallClock? = nil) throws {
        try state.withLock { state in
            precondition(state.serving == nil)
            if let clock { state.clock = clock }
            let child = try state.clock.start(
                Programs.hub,
                ["serve", "--data", data, "--listen", state.address, "--json"],
                environment: ["PATH": "/usr/bin:/bin"], talkFile: folder.file("hub.log"))
            state.serving = Serving(child: child, guardian: try ProcessGuardian(of: child.pid))
            guard let line = child.readLine(within: Self.startLimit),
                let url = try JSONParser.parse(Array(line.utf8))["url"]?.string
            else {
                let log = try? String(contentsOfFile: folder.file("hub.log"), encoding: .utf8)
                throw ProcessFault("the hub did not start: \(log ?? "")")
            }
            state.address = String(url.dropFirst("http://".count))
        }
    }

    /// Stops it as an operator does.
    func stop() { end(SIGTERM) }

    /// Ends it as a power cut does.
    func crash() { end(SIGKILL) }

    func crashAndRestart() throws {
        crash()
        try start()
    }

    private func end(_ signal: Int32) {
        state.withLock { state in
            guard let serving = state.serving else { return }
            serving.child.signal(signal)
            // A hub that does not stop on request is killed.
            if serving.child.collect(within: .seconds(20)) == nil { serving.child.signal(SIGKILL) }
            serving.guardian.dismiss()
            _ = serving.child.reap()
            WallClock.clean(after: serving.child.pid)
            state.serving = nil
        }
    }
}

/// Ends a process when the test runner is gone without having ended it.
struct ProcessGuardian: Sendable {
    private let shell: ChildProcess
    /// The shell reads from it; it ends with the test runner.
    private let lifeline: Int32

    init(of pid: pid_t) throws {
        let pipe = try ChildProcess.pipe()
        shell = try ChildProcess(
            "/bin/sh", ["-c", "read -r _; kill -9 \(pid)"], environment: [:], input: pipe.read)
        close(pipe.read)
        lifeline = pipe.write
    }

    /// Call before the process is reaped: its id may then be given to another.
    func dismiss() {
        shell.signal(SIGKILL)
        _ = shell.reap()
        close(lifeline)
    }
}
