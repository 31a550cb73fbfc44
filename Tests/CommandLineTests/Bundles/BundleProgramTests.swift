import Foundation
import SyncCore
import TestSupport
import Testing

/// A device with no network, another that carries, and a hub: the real programs and real files.
@Suite struct BundleProgramTests {
    private let folder = TestFolder()
    private let hub: RunningHub

    init() throws { hub = try RunningHub(in: folder) }

    private func importBundle(_ path: String) throws -> JSONValue {
        try hub.run("import", path, "--json").succeeded().json
    }

    private func only(_ imported: JSONValue) -> JSONValue {
        imported["files"]?.array?.first ?? .null
    }

    @Test func offlineDevice_carriedBothWays_equalsTheNetworkedOne() throws {
        let carrier = try FieldDevice("carrier", in: folder, hub: hub)
        let networked = try FieldDevice("networked", in: folder, hub: hub)
        let away = try FieldDevice("away", in: folder)
        try away.run("join", hub.invite("away"), "--offline").succeeded()
        for device in [away, networked] {
            _ = try device.addStop("--people-helped", "2", "--note", "给老人指路 & é")
        }
        let there = folder.file("there.fsb")
        #expect(try away.json("bundle", "export", there).number("changes") == 1)
        #expect(try away.pending == 1)
        #expect(try away.status().number("delivered_position") == 0)

        let held = only(try carrier.json("bundle", "import", there))
        #expect(held.number("carried") == 3 && held.number("pulled") == 0)
        #expect(try carrier.stopIDs().isEmpty)
        let onward = folder.file("onward.fsb")
        #expect(try carrier.json("bundle", "export", onward).number("carried") == 3)
        let first = try importBundle(onward)
        #expect(first.number("batches") == 1 && first.number("refused_count") == 0)
        try networked.sync()
        let second = try importBundle(onward)
        #expect(second.number("batches") == 0 && second.number("repeated") == 1)
        #expect(second.number("position") == (try hub.position))

        let taken = only(try away.json("bundle", "import", second.text("answer")))
        #expect(taken["joined"]?.bool == true && taken.number("pushed") == 1)
        #expect(try taken.text("digest") == hub.digest)
        #expect(try networked.sync().text("digest") == hub.digest)
        #expect(try away.pending == 0)
        #expect(try away.stopIDs() == networked.stopIDs())
        #expect(try away.json("report") == networked.json("report"))
        let again = only(try away.json("bundle", "import", second.text("answer")))
        #expect(again.number("pushed") == 0 && again.number("outdated") == 0)
    }

    @Test func joinOffline_networkComesBack_syncJoinsByItself() throws {
        let away = try FieldDevice("away", in: folder)
        try away.run("join", hub.invite("away"), "--offline").succeeded()
        _ = try away.addStop()
        try away.run("bundle", "export", folder.file("there.fsb")).succeeded()
        #expect(try away.status()["joined"]?.bool == false)
        #expect(try away.sync().number("pushed") == 1)
        #expect(try away.status()["joined"]?.bool == true)
        // The bundle still lies about: bringing it late does no harm.
        let late = try importBundle(folder.file("there.fsb"))
        #expect(late.number("batches") == 0 && late.number("repeated") == 1)
        let answer = only(try away.json("bundle", "import", late.text("answer")))
        #expect(answer.number("outdated") == 1 && answer["halt"] == .null)
    }

    @Test func files_damagedForeignOrMissing_refusedInBothLanguages() throws {
        let away = try FieldDevice("away", in: folder)
        let noHub = try away.run("bundle", "export", folder.file("x.fsb"), "--json")
        #expect(noHub.status == 1)
        #expect(try noHub.error.text("code") == "not_joined")
        try away.run("join", hub.invite("away"), "--offline").succeeded()
        let there = folder.file("there.fsb")
        try away.run("bundle", "export", there).succeeded()
        let bytes = try Data(contentsOf: URL(filePath: there))
        let cut = folder.file("cut.fsb")
        try bytes.dropLast(9).write(to: URL(filePath: cut))
        for run in try [
            away.run("bundle", "import", cut, "--json"), hub.run("import", cut, "--json"),
        ] {
            #expect(run.status == 1)
            #expect(try run.error.text("code") == "bundle_truncated")
        }
        let text = try away.run("bundle", "import", cut, "--lang", "zh").stderr
        #expect(text.contains("不完整"))
        #expect(try away.run("bundle", "import", "nothing.fsb").status == 1)
        let taken = try away.run("bundle", "export", there, "--json")
        #expect(try taken.error.text("code") == "file_exists")
        let answer = try hub.run("import", there, "--answer", cut, "--json")
        #expect(try answer.error.text("code") == "answer_exists")
    }

    @Test func invite_used_hubRefusesWithTheMendAndDeviceIsTold() throws {
        let invite = try hub.invite("one")
        let one = try FieldDevice("one", in: folder)
        try one.run("join", invite).succeeded()
        let two = try FieldDevice("two", in: folder)
        try two.run("join", invite, "--offline").succeeded()
        _ = try two.addStop()
        let there = folder.file("two.fsb")
        try two.run("bundle", "export", there).succeeded()
        let run = try hub.run("import", there, "--json")
        #expect(run.status == 3)
        let codes = try run.json["refused"]?.array?.map { $0.text("code") }
        #expect(codes == ["invite_used", "device_unknown", "device_unknown"])
        let told = try two.run("bundle", "import", run.json.text("answer"), "--json")
        #expect(told.status == 3)
        let refused = only(try told.json)["hub_refused"]?.array ?? []
        #expect(refused.first?.text("code") == "invite_used")
        #expect(try two.pending == 1)
        try two.run("join", hub.invite("two"), "--offline").succeeded()
        let next = folder.file("next.fsb")
        try two.run("bundle", "export", next).succeeded()
        #expect(try importBundle(next).number("batches") == 1)
    }
}
