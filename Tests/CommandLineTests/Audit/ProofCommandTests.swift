import Foundation
import SyncCore
import TestSupport
import Testing

/// `sync-audit prove` and `check-proof`, as an auditor and a stranger use them.
@Suite struct ProofCommandTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let a: FieldDevice
    private let id: String

    init() throws {
        hub = try RunningHub(in: folder)
        a = try FieldDevice("a", in: folder, hub: hub)
        id = try a.addStop("--note", "灯坏了")
        try a.sync()
    }

    private func audit(_ arguments: String...) throws -> ProgramRun {
        try StartedProgram(Programs.audit, arguments).finish()
    }

    private func prove(_ file: String, _ name: String = "proof.json") throws -> String {
        let path = folder.file(name)
        try audit("prove", file, id, "--output", path).succeeded()
        return path
    }

    private var key: String { get throws { try hub.status().text("hub_key") } }

    @Test func proof_ofOneStop_holdsOfflineByTheKeyAlone() throws {
        let path = try prove(folder.file("hub"))
        let key = try key
        hub.stop()
        try FileManager.default.removeItem(atPath: folder.file("hub"))
        let run = try audit("check-proof", path, "--hub-key", key, "--json").succeeded()
        let shown = try run.json
        #expect(shown["ok"] == true && shown.text("id") == id)
        let change = try #require(shown.items("changes").first)
        #expect(change.text("name") == "a" && change.text("role") == "lead")
        #expect(change["fields"]?.text("note") == "灯坏了")
        let plain = try audit("check-proof", path, "--hub-key", key).succeeded()
        #expect(plain.stdout.hasPrefix("The proof holds.\n"))
        #expect(plain.stderr.contains("does not show"))
        let chinese = try audit("check-proof", path, "--hub-key", key, "--lang", "zh-Hans")
        #expect(chinese.stdout.hasPrefix("证明成立。\n"))
    }

    @Test func proof_changedOrForAnotherHub_endsWith1AndSaysWhy() throws {
        let path = try prove(folder.file("hub"))
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let altered = folder.file("altered.json")
        try text.replacingOccurrences(of: "灯坏了", with: "灯好了")
            .write(toFile: altered, atomically: true, encoding: .utf8)
        let run = try audit("check-proof", altered, "--hub-key", key, "--json")
        #expect(run.status == 1)
        let problem = try run.json["problem"]
        #expect(try run.json["ok"] == false && problem?.text("kind") == "leaf")
        let other = String(repeating: "7", count: 64)
        let foreign = try audit("check-proof", path, "--hub-key", other)
        #expect(foreign.status == 1 && foreign.stdout.contains("proves nothing"))
    }

    @Test func proof_standardOutput_isTheSameFile() throws {
        let path = try prove(folder.file("hub"))
        let run = try audit("prove", folder.file("hub"), "stops/\(id)").succeeded()
        #expect(run.stdout == (try String(contentsOfFile: path, encoding: .utf8)))
    }

    @Test func proof_ofADeviceFile_holds() throws {
        let path = try prove(a.replica)
        let run = try audit("check-proof", path, "--hub-key", key, "--json").succeeded()
        #expect(try run.json.items("changes").count == 1)
    }

    @Test func prove_fileThere_isNeverWrittenOver() throws {
        let path = try prove(folder.file("hub"))
        let before = try Data(contentsOf: URL(filePath: path))
        let run = try audit("prove", folder.file("hub"), id, "--output", path, "--json")
        #expect(run.status == 1)
        #expect(try run.error.text("code") == "file_exists")
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func prove_notInTheLog_saysHowToMend() throws {
        let pending = try a.addStop()
        let run = try audit("prove", a.replica, pending, "--json")
        #expect(run.status == 1)
        #expect(try run.error.text("code") == "not_logged")
        #expect(try !run.error.text("mend").isEmpty)
    }

    @Test func checkProof_noProofOrBadKey_isRefused() throws {
        let path = folder.file("text.json")
        try "{}\n".write(toFile: path, atomically: true, encoding: .utf8)
        let run = try audit("check-proof", path, "--hub-key", key, "--json")
        #expect(run.status == 1)
        #expect(try run.json["problem"]?.text("kind") == "form")
        let noKey = try audit("check-proof", path, "--hub-key", "abc", "--json")
        #expect(noKey.status == 2)
        #expect(try noKey.error.text("code") == "bad_hub_key")
        let missing = try audit("check-proof", folder.file("none"), "--hub-key", key, "--json")
        #expect(missing.status == 1)
        #expect(try missing.error.text("code") == "file_not_found")
    }
}
