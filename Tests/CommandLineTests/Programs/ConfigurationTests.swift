import Foundation
import SyncCore
import TestSupport
import Testing

/// The hub's configuration by file, environment and option, and read again while it serves.
@Suite struct ConfigurationTests {
    private let folder = TestFolder()

    private func write(_ text: String) throws -> String {
        let path = folder.file("hub.yaml")
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func hub(
        _ arguments: String..., environment: [String: String] = [:]
    ) throws -> ProgramRun {
        try StartedProgram(Programs.hub, arguments, environment: environment).finish()
    }

    @Test func configShow_namesWhereEachValueCameFrom() throws {
        let path = try write("# the hub\nlisten: 127.0.0.1:1\nkeep: 7d\nwatchers: 5\n")
        let shown = try hub(
            "config", "show", "--config", path, "--watchers", "6", "--json",
            environment: ["FIELDSYNC_KEEP": "8d"]
        ).succeeded().json
        #expect(shown.text("file") == path)
        func setting(_ key: String) -> JSONValue? {
            shown["settings"]?.array?.first { $0["key"]?.string == key }
        }
        #expect(setting("listen")?["source"]?.string == "file")
        #expect(setting("listen")?["name"]?.string == path)
        #expect(setting("listen")?.number("line") == 2)
        #expect(setting("keep")?["value"]?.string == "8d")
        #expect(setting("keep")?["name"]?.string == "FIELDSYNC_KEEP")
        #expect(setting("watchers")?.number("value") == 6)
        #expect(setting("watchers")?["name"]?.string == "--watchers")
        #expect(setting("log-level")?["source"]?.string == "default")
        #expect(setting("data")?["source"]?.string == "unset")
        let words = try hub("config", "show", "--config", path).succeeded().stdout
        #expect(words.contains("\(path):2"))
    }

    /// Any command that reads the file refuses it, with the line and what was meant.
    @Test(arguments: [
        ("listen: 127.0.0.1:1\ntls_crt: x\n", "hub.yaml:2", "tls-cert"),
        ("data: x\n\nwatchers: many\n", "hub.yaml:3", "0"),
        ("log-level: loud\n", "hub.yaml:1", "warning"),
        ("tls-key: \"-----BEGIN PRIVATE KEY-----\"\n", "hub.yaml:1", "0600"),
        ("keep: 1d\nkeep: 2d\n", "hub.yaml:2", "Leave one"),
    ])
    func badFile_isRefused_withLineAndMend(text: String, place: String, mend: String) throws {
        let path = try write(text)
        for command in [["config", "show"], ["serve"], ["status"], ["doctor"], ["page"], ["init"]] {
            let run = try StartedProgram(
                Programs.hub, command + ["--config", path, "--json"]
            ).finish()
            #expect(run.status == 2, "\(run)")
            let error = try run.error
            #expect(error.text("code") == "bad_config", "\(run)")
            #expect(error.text("message").contains(place), "\(run)")
            #expect(error.text("mend").contains(mend), "\(run)")
        }
    }

    @Test func passwords_areTakenFromNowhere() throws {
        let url = "postgresql://hub:secret@127.0.0.1/fieldsync"
        let option = try hub("status", "--database", url, "--space", "s")
        let variable = try hub("status", "--space", "s", environment: ["FIELDSYNC_DATABASE": url])
        for run in [option, variable] {
            #expect(run.status == 2, "\(run)")
            #expect(run.stderr.contains("passfile"), "\(run)")
            #expect(!run.stderr.contains("secret@"), "\(run)")
        }
    }

    @Test func commands_findTheHubByItsFile() throws {
        let path = try write(
            "data: \(folder.file("hub"))\ninto: \(folder.file("shelf"))\nkeep: 2d\n")
        try hub("init", "--config", path).succeeded()
        #expect(
            try hub("status", "--config", path, "--json").succeeded().json.number("position") == 1)
        let status = try hub("status", "--json", environment: ["FIELDSYNC_CONFIG": path])
        #expect(try status.succeeded().json.number("devices") == 0)
        let backup = try hub("backup", "--config", path, "--json").succeeded().json
        #expect(backup.text("path").hasPrefix(folder.file("shelf")))
    }

    /// The certificate is renewed under the same key, as it should be: who is connected goes on,
    /// who comes next gets the new one, and no word is said of pins.
    @Test func sighup_renewedCertificate_isServedToNewConnections() throws {
        let one = try TestCertificate("one", in: folder)
        let two = try TestCertificate("two", in: folder, key: one)
        try one.install(in: folder)
        let hub = try ConfiguredHub(in: folder, tls)
        let connection = try SecureConnection(port: hub.port)
        #expect(connection.isAnswered())
        #expect(try SecureConnection.subject(port: hub.port) == "one")
        try two.install(in: folder)
        #expect(try hub.reload().text("level") == "notice")
        #expect(try SecureConnection.subject(port: hub.port) == "two")
        #expect(connection.isAnswered())
        #expect(!hub.said("another key"))
    }

    /// RFC 8996.
    @Test func oldTLS_isRefused() throws {
        try TestCertificate("one", in: folder).install(in: folder)
        let hub = try ConfiguredHub(in: folder, tls)
        #expect(try SecureConnection.agrees(port: hub.port, on: "-tls1_3"))
        #expect(try SecureConnection.agrees(port: hub.port, on: "-tls1_2"))
        #expect(try !SecureConnection.agrees(port: hub.port, on: "-tls1_1"))
        #expect(try !SecureConnection.agrees(port: hub.port, on: "-tls1"))
    }

    /// Whatever is wrong with what is read, the hub goes on as it was, and says why.
    @Test func sighup_badFileOrCertificate_changesNothing() throws {
        let one = try TestCertificate("one", in: folder)
        let two = try TestCertificate("two", in: folder)
        try one.install(in: folder)
        let hub = try ConfiguredHub(in: folder, tls)
        try FileManager.default.removeItem(atPath: folder.file("tls.pem"))
        try FileManager.default.copyItem(atPath: two.path, toPath: folder.file("tls.pem"))
        let pair = try hub.reload()
        #expect(pair.text("level") == "error")
        #expect(pair.text("error").contains("certificate"))
        #expect(try SecureConnection.subject(port: hub.port) == "one")
        try hub.write(tls + ["log-levle: debug"])
        let file = try hub.reload()
        #expect(file.text("error").contains("hub.yaml:5"))
        #expect(file.text("mend").contains("log-level"))
        #expect(try SecureConnection.subject(port: hub.port) == "one")
        try hub.write(tls + ["log-level: debug", "former-listen: 127.0.0.1:1"])
        try two.install(in: folder)
        let good = try hub.reload()
        #expect(good.text("taken") == "log-level")
        #expect(good.text("needs_restart") == "former-listen")
        #expect(try SecureConnection.subject(port: hub.port) == "two")
        // Devices that pinned the old key are locked out: that is said.
        #expect(hub.said("another key"))
    }

    /// While a hub moves to TLS it answers at its old address too, for devices alone.
    @Test func formerAddress_answersBesideTheNewOne() throws {
        let (socket, port) = try LoopbackSocket.listen()
        socket.close()
        try TestCertificate("one", in: folder).install(in: folder)
        let hub = try ConfiguredHub(in: folder, tls + ["former-listen: 127.0.0.1:\(port)"])
        let former = HTTPText(start: "GET /v1 HTTP/1.1", headers: [("Host", "hub")], body: [])
        // It listens beside the other, a moment later perhaps.
        let end = ContinuousClock.now + .seconds(20)
        var status = former.exchange(port: port)?.status
        while status == nil, ContinuousClock.now < end {
            status = former.exchange(port: port)?.status
        }
        #expect(status == 200)
        let page = HTTPText(start: "GET / HTTP/1.1", headers: [("Host", "hub")], body: [])
        #expect(page.exchange(port: port)?.status == 404)
        #expect(try SecureConnection.subject(port: hub.port) == "one")
    }

    private var tls: [String] {
        ["tls-cert: \(folder.file("tls.pem"))", "tls-key: \(folder.file("tls.key"))"]
    }
}
