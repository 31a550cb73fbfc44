import Foundation
import SyncCore
import Synchronization
import TestSupport

/// A hub that is served by its configuration file alone; it ends when the test does.
final class ConfiguredHub: Sendable {
    let folder: TestFolder
    private let listening: String
    private let child = Mutex<(child: ChildProcess, guardian: ProcessGuardian)?>(nil)
    private let address = Mutex<(url: String, port: UInt16)>(("", 0))

    private static let startLimit = Duration.seconds(30)

    /// Makes a hub, writes the file and serves.
    ///
    /// - Parameters:
    ///   - lines: of the file, beside where the data is and an address.
    ///   - isThere: whether the hub was made before.
    init(
        in folder: TestFolder, _ lines: [String], listen: String = "127.0.0.1:0",
        isThere: Bool = false
    ) throws {
        self.folder = folder
        listening = listen
        try write(lines)
        if !isThere { try run("init", "--space", "test").succeeded() }
        let child = try ChildProcess(
            Programs.hub, ["serve", "--config", file, "--json"],
            environment: ["PATH": "/usr/bin:/bin"], talkFile: log)
        let guardian = try ProcessGuardian(of: child.pid)
        self.child.withLock { $0 = (child, guardian) }
        guard let line = child.readLine(within: Self.startLimit),
            let url = try JSONParser.parse(Array(line.utf8))["url"]?.string,
            let port = url.split(separator: ":").last.flatMap({ UInt16($0) })
        else { throw ProcessFault("the hub did not start: \(logText)") }
        address.withLock { $0 = (url, port) }
    }

    deinit {
        child.withLock { running in
            guard let running else { return }
            running.child.signal(SIGKILL)
            running.guardian.dismiss()
            _ = running.child.reap()
        }
    }

    var file: String { folder.file("hub.yaml") }
    var url: String { address.withLock { $0.url } }
    var port: UInt16 { address.withLock { $0.port } }
    private var log: String { folder.file("serve.log") }
    private var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    func write(_ lines: [String]) throws {
        let all = ["data: \(folder.file("hub"))", "listen: \(listening)"] + lines
        try Data((all.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file))
    }

    func run(_ arguments: String...) throws -> ProgramRun {
        try StartedProgram(Programs.hub, arguments + ["--config", file]).finish()
    }

    /// Tells it to read its configuration again, and waits until it has said what became of that.
    ///
    /// - Returns: what it logged then.
    func reload() throws -> JSONValue {
        let before = reloads.count
        child.withLock { $0?.child.signal(SIGHUP) }
        let end = ContinuousClock.now + Self.startLimit
        while ContinuousClock.now < end {
            if let last = reloads.dropFirst(before).last { return last }
            usleep(20_000)
        }
        throw ProcessFault("no word of a reload: \(logText)")
    }

    private var reloads: [JSONValue] {
        logText.split(separator: "\n").compactMap { try? JSONParser.parse(Array($0.utf8)) }
            .filter { $0["message"]?.string?.contains("reloaded") ?? false }
    }

    /// What it logged so far.
    func said(_ words: String) -> Bool { logText.contains(words) }
}

/// A certificate and its key, made by `openssl`.
struct TestCertificate {
    let path: String
    let keyPath: String

    /// - Parameters:
    ///   - name: its subject.
    ///   - key: another's key, to be used again.
    init(_ name: String, in folder: TestFolder, key: TestCertificate? = nil) throws {
        path = folder.file("\(name).pem")
        keyPath = key?.keyPath ?? folder.file("\(name).key")
        let making =
            key == nil
            ? ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout"]
            : ["-key"]
        let arguments =
            ["req", "-x509"] + making + [
                keyPath, "-out", path, "-days", "30", "-subj", "/CN=\(name)",
            ]
        try StartedProgram("/usr/bin/openssl", arguments).finish().succeeded()
    }

    /// Puts copies where a hub reads them.
    func install(in folder: TestFolder) throws {
        for (source, target) in [(path, "tls.pem"), (keyPath, "tls.key")] {
            let content = try Data(contentsOf: URL(filePath: source))
            try content.write(to: URL(filePath: folder.file(target)))
        }
    }
}

/// A connection under TLS that goes on, through `openssl s_client`.
final class SecureConnection {
    private let child: ChildProcess
    private let input: Int32

    init(port: UInt16) throws {
        let pipe = try ChildProcess.pipe()
        child = try ChildProcess(
            "/usr/bin/openssl",
            ["s_client", "-connect", "127.0.0.1:\(port)", "-quiet", "-showcerts"],
            environment: [:], input: pipe.read, talkFile: "/dev/null")
        close(pipe.read)
        input = pipe.write
    }

    deinit {
        close(input)
        child.signal(SIGKILL)
        _ = child.reap()
    }

    /// Whether the hub answers a request on this connection.
    func isAnswered() -> Bool {
        let request = Array("GET /livez HTTP/1.1\r\nHost: hub\r\n\r\n".utf8)
        guard Foundation.write(input, request, request.count) == request.count else { return false }
        while let line = child.readLine(within: .seconds(10)) {
            if line.hasPrefix("live") { return true }
        }
        return false
    }

    /// Whether the hub speaks a version of TLS with a client that speaks nothing else.
    static func agrees(port: UInt16, on version: String) throws -> Bool {
        try StartedProgram(
            "/usr/bin/openssl",
            [
                "s_client", "-connect", "127.0.0.1:\(port)", version, "-cipher",
                "ALL:@SECLEVEL=0",
            ]
        ).finish().status == 0
    }

    /// The subject of the certificate that a new connection gets.
    static func subject(port: UInt16) throws -> String {
        let run = try StartedProgram(
            "/usr/bin/openssl", ["s_client", "-connect", "127.0.0.1:\(port)"]
        ).finish()
        let line = run.stdout.split(separator: "\n").first { $0.hasPrefix("subject=") } ?? ""
        return String(line.split(separator: "=").last ?? "").filter { $0 != " " }
    }
}
