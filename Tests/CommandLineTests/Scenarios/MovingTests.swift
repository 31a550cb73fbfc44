import Foundation
import SyncCore
import TestSupport
import Testing

/// A hub that moves to another address and certificate, and takes another key, under five devices
/// that go on syncing. Real programs, real TLS.
@Suite struct MovingTests {
    private let folder = TestFolder()

    private func lines(_ certificate: TestCertificate, _ more: [String] = []) -> [String] {
        ["tls-cert: \(certificate.path)", "tls-key: \(certificate.keyPath)", "watchers: 9"] + more
    }

    private func joined(_ hub: ConfiguredHub, url: String) throws -> [FieldDevice] {
        try (1...5).map { index in
            let device = try FieldDevice("d\(index)", in: folder)
            let invite = try hub.run("invite", "--name", device.name, "--url", url, "--json")
                .succeeded().json.text("invite")
            try device.run("join", invite).succeeded()
            try device.sync()
            return device
        }
    }

    private func codes(_ sync: JSONValue) -> [String] {
        sync.items("notices").map { $0.text("code") }
    }

    @Test func addressAndCertificate_announced_devicesGoByThemselves() throws {
        let old = try TestCertificate("old", in: folder)
        let new = try TestCertificate("new", in: folder)
        var hub: ConfiguredHub? = try ConfiguredHub(in: folder, lines(old))
        let oldURL = hub!.url
        let devices = try joined(hub!, url: oldURL)
        let newPort = try LoopbackSocket.freePort()
        let newURL = "https://127.0.0.1:\(newPort)"

        // Ahead of time: nobody answers there yet, and everybody goes on where they are.
        try hub!.run("address", "announce", newURL, "--tls-cert", new.path).succeeded()
        for device in devices {
            _ = try device.addStop()
            let sync = try device.sync()
            #expect(sync.number("pushed") == 1)
            #expect(codes(sync).isEmpty)
        }
        // Both answer.
        hub = nil
        let oldPort = oldURL.split(separator: ":").last!
        hub = try ConfiguredHub(
            in: folder,
            lines(
                new,
                [
                    "former-listen: 127.0.0.1:\(oldPort)", "former-tls-cert: \(old.path)",
                    "former-tls-key: \(old.keyPath)",
                ]), listen: "127.0.0.1:\(newPort)", isThere: true)
        for device in devices.dropLast() {
            _ = try device.addStop()
            #expect(try codes(device.sync()) == ["hub_moved"])
            #expect(try device.status()["hub"]?.text("url") == newURL)
            #expect(try codes(device.sync()).isEmpty)
        }
        let shown = try hub!.run("address", "show", "--json").succeeded().json
        #expect(shown.items("moved").count == 4)
        #expect(shown.items("not_moved").count == 1)
        // An invite made now leads there, with the new pin.
        let late = try FieldDevice("late", in: folder)
        let invite = try hub!.run("invite", "--name", "late", "--json").succeeded().json
        try late.run("join", invite.text("invite")).succeeded()
        #expect(try late.status()["hub"]?.text("url") == newURL)

        // The old one is gone: who has not come yet has heard of the new one.
        hub = nil
        hub = try ConfiguredHub(
            in: folder, lines(new), listen: "127.0.0.1:\(newPort)", isThere: true)
        #expect(try codes(devices[4].sync()) == ["hub_moved"])
        for device in devices + [late] { try device.sync() }
        try expectEqual(devices + [late], hub!)
    }

    /// The new address fails again: devices find the hub where it was.
    @Test func addressThatFails_devicesFindTheHubWhereItWas() throws {
        var hub: ConfiguredHub? = try ConfiguredHub(in: folder, [])
        let oldURL = hub!.url
        let oldPort = oldURL.split(separator: ":").last!
        let device = try joined(hub!, url: oldURL)[0]
        let newPort = try LoopbackSocket.freePort()
        try hub!.run("address", "announce", "http://127.0.0.1:\(newPort)").succeeded()
        try device.sync()
        hub = nil
        hub = try ConfiguredHub(in: folder, [], listen: "127.0.0.1:\(newPort)", isThere: true)
        #expect(try codes(device.sync()) == ["hub_moved"])
        hub = nil
        hub = try ConfiguredHub(in: folder, [], listen: "127.0.0.1:\(oldPort)", isThere: true)
        try hub!.run("address", "withdraw").succeeded()
        _ = try device.addStop()
        #expect(try device.sync().number("pushed") == 1)
    }

    @Test func key_replacedWhileItServes_devicesFollowersAndAuditorsGoOn() throws {
        let hub = try ConfiguredHub(in: folder, [])
        let devices = try joined(hub, url: hub.url)
        let invite = try hub.run("invite", "--name", "f", "--role", "auditor", "--json")
            .succeeded().json.text("invite")
        let copy = folder.file("copy")
        func follow(_ arguments: String...) throws -> JSONValue {
            let all = ["follow"] + arguments + ["--data", copy, "--once", "--json"]
            return try StartedProgram(Programs.hub, all).finish().succeeded().json
        }
        _ = try follow(invite)
        let early = folder.file("early.json")
        let data = folder.file("hub")
        func audit(_ arguments: String...) throws -> ProgramRun {
            try StartedProgram(Programs.audit, arguments).finish()
        }
        try audit("checkpoint", data, "--output", early).succeeded()
        let before = try hub.run("status", "--json").succeeded().json.text("hub_key")
        let done = try hub.run("key", "replace", "--yes", "--json").succeeded().json
        #expect(done.text("former") == before)
        for device in devices {
            _ = try device.addStop()
            #expect(try codes(device.sync()) == ["hub_key_replaced"])
        }
        for device in devices { #expect(try codes(device.sync()).isEmpty) }
        #expect(try follow()["cosigned"] == true)
        try expectEqual(devices, hub)
        let replica = devices[0].replica
        let verified = try audit(
            "verify", data, "--against", early, "--against", replica, "--hub-key", before, "--json"
        ).succeeded().json
        #expect(verified["ok"] == true)
        try audit("verify", data, "--since", early, "--json").succeeded()
        try audit("verify", copy, "--hub-key", done.text("hub_key"), "--json").succeeded()
        try audit("verify", replica, "--hub-key", before, "--json").succeeded()

        // A backup of before the replacement alone knows the old key; its follower knows better.
        let backup = folder.file("late.backup")
        try hub.run("backup", backup).succeeded()
        let restored = folder.file("restored")
        let report = try StartedProgram(
            Programs.hub, ["restore", backup, "--data", restored, "--with", copy, "--json"]
        ).finish().succeeded().json
        #expect(report["new_epoch"] == false)
    }

    /// An old backup, and a follower that has seen the hub take another key.
    @Test func restore_backupOfTheOldKey_wantsTheNewOne() throws {
        let hub = try ConfiguredHub(in: folder, [])
        let backup = folder.file("old.backup")
        try hub.run("backup", backup).succeeded()
        let invite = try hub.run("invite", "--name", "f", "--role", "auditor", "--json")
            .succeeded().json.text("invite")
        try hub.run("key", "replace", "--yes").succeeded()
        let copy = folder.file("copy")
        try StartedProgram(Programs.hub, ["follow", invite, "--data", copy, "--once"]).finish()
            .succeeded()
        let kept = folder.file("kept.key")
        try FileManager.default.copyItem(atPath: folder.file("hub") + "/hub.key", toPath: kept)
        let restored = folder.file("restored")
        func restore(_ more: String...) throws -> ProgramRun {
            let all = ["restore", backup, "--data", restored, "--with", copy, "--json"] + more
            return try StartedProgram(Programs.hub, all).finish()
        }
        let refused = try restore()
        #expect(refused.status == 1)
        #expect(try refused.error.text("code") == "key_replaced_since")
        #expect(!FileManager.default.fileExists(atPath: restored))
        let report = try restore("--hub-key", kept).succeeded().json
        #expect(report["new_epoch"] == false)
        let shown = try StartedProgram(
            Programs.hub, ["key", "show", "--data", restored, "--json"]
        ).finish().succeeded().json
        #expect(shown.items("former").count == 1)
        try StartedProgram(Programs.audit, ["verify", restored]).finish().succeeded()

        // Nobody followed the hub: its key file tells enough, and that the log's end is missing.
        let alone = folder.file("alone")
        let byKey = try StartedProgram(
            Programs.hub,
            ["restore", backup, "--data", alone, "--hub-key", kept, "--json"]
        ).finish().succeeded().json
        #expect(byKey["new_epoch"] == true)
        let now = try StartedProgram(Programs.hub, ["key", "show", "--data", alone, "--json"])
            .finish().succeeded().json
        #expect(try now.text("hub_key") == shown.text("hub_key"))
        // A key of somewhere else is not taken in silence.
        let other = folder.file("other")
        try StartedProgram(Programs.hub, ["init", "--space", "Elsewhere", "--data", other]).finish()
            .succeeded()
        let foreign = try StartedProgram(
            Programs.hub,
            [
                "restore", backup, "--data", folder.file("none"), "--hub-key", other + "/hub.key",
                "--json",
            ]
        ).finish()
        #expect(foreign.status == 1)
        #expect(try foreign.error.text("code") == "key_of_another_hub")
    }

    /// An old backup is served before anybody thinks of the key: devices stop and say why, and go on
    /// once the hub has its newer key again.
    @Test func backupOfTheOldKey_served_devicesGoOnWithTheNewerKey() throws {
        var hub: ConfiguredHub? = try ConfiguredHub(in: folder, [])
        let url = hub!.url
        let port = url.split(separator: ":").last!
        let devices = try joined(hub!, url: url)
        let backup = folder.file("old.backup")
        try hub!.run("backup", backup).succeeded()
        _ = try devices[0].addStop("--note", "after the backup, under the old key")
        try devices[0].sync()
        try devices[1].sync()
        try hub!.run("key", "replace", "--yes").succeeded()
        _ = try devices[2].addStop("--note", "under the new key")
        for device in devices.dropLast() { try device.sync() }
        hub = nil
        let data = folder.file("hub")
        let gone = folder.file("gone")
        try FileManager.default.moveItem(atPath: data, toPath: gone)
        try StartedProgram(Programs.hub, ["restore", backup, "--data", data]).finish().succeeded()
        hub = try ConfiguredHub(in: folder, [], listen: "127.0.0.1:\(port)", isThere: true)
        for device in devices.prefix(3) {
            let stopped = try device.run("sync", "--json")
            #expect(stopped.status == 1)
            #expect(try stopped.error.text("code") == "hub_key_former")
        }
        try hub!.run("key", "replace", "--with", gone + "/hub.key", "--yes").succeeded()
        for _ in 0..<2 { for device in devices { try device.sync() } }
        try expectEqual(devices, hub!)
        #expect(try hub!.run("status", "--json").succeeded().json["records"]?.number("stops") == 2)
        try StartedProgram(Programs.audit, ["verify", data]).finish().succeeded()
    }

    @Test func follower_goesToTheAddressThatWasAnnounced() throws {
        var hub: ConfiguredHub? = try ConfiguredHub(in: folder, [])
        let invite = try hub!.run("invite", "--name", "f", "--role", "auditor", "--json")
            .succeeded().json.text("invite")
        let copy = folder.file("copy")
        func follow(_ arguments: String...) throws -> JSONValue {
            let all = ["follow"] + arguments + ["--data", copy, "--once", "--json"]
            return try StartedProgram(Programs.hub, all).finish().succeeded().json
        }
        _ = try follow(invite)
        let new = try LoopbackSocket.freePort()
        let old = hub!.url.split(separator: ":").last!
        try hub!.run("address", "announce", "http://127.0.0.1:\(new)").succeeded()
        _ = try follow()
        hub = nil
        hub = try ConfiguredHub(
            in: folder, ["former-listen: 127.0.0.1:\(old)"], listen: "127.0.0.1:\(new)",
            isThere: true)
        _ = try follow()
        hub = nil
        hub = try ConfiguredHub(in: folder, [], listen: "127.0.0.1:\(new)", isThere: true)
        #expect(try follow()["verified"] == true)
        let shown = try hub!.run("address", "show", "--json").succeeded().json
        #expect(shown.items("moved").count == 1)
    }

    private func expectEqual(_ devices: [FieldDevice], _ hub: ConfiguredHub) throws {
        for device in devices { try device.sync() }
        let digest = try hub.run("status", "--json").succeeded().json.text("digest")
        for device in devices { #expect(try device.sync().text("digest") == digest) }
    }
}
