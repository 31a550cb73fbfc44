import SyncCore
import TestSupport
import Testing

/// Copies and restores as people meet them: what the programs print, and how they end.
@Suite struct HealingProgramTests {
    private let folder = TestFolder()
    private let hub: RunningHub

    init() throws { hub = try RunningHub(in: folder) }

    private func codes(_ sync: JSONValue) -> [String] {
        (sync["notices"]?.array ?? []).map { $0.text("code") }
    }

    @Test func copyWithKey_threeRounds_allOnTheHubOnceAndOneSentence() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        try a.sync()
        let b = try FieldDevice(copyOf: a, as: "b", in: folder)
        var notices: [String] = []
        var stops: Set<String> = []
        for _ in 1...3 {
            for device in [a, b] {
                for _ in 1...5 { stops.insert(try device.addStop()) }
                notices += codes(try device.sync())
            }
        }
        try hub.settle(a, b)
        #expect(notices == ["copied"])
        #expect(try a.stopIDs() == stops && b.stopIDs() == stops)
        #expect(try hub.status().number("devices") == 2)
        let status = try b.status()
        #expect(status.text("name") == "a (2)")
        #expect(status["formerly"]?.array?.compactMap(\.string) == [try a.status().text("device")])
        #expect(try a.conflicts().isEmpty)
    }

    @Test func copyWithKey_sentenceInBothLanguages() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        try a.sync()
        let b = try FieldDevice(copyOf: a, as: "b", in: folder)
        let c = try FieldDevice(copyOf: a, as: "c", in: folder)
        _ = try a.addStop()
        try a.sync()
        _ = try b.addStop()
        _ = try c.addStop()
        let english = try b.run("sync", "--lang", "en").succeeded()
        #expect(english.stderr.contains("This file was copied: this copy goes on as 'a (2)'."))
        let chinese = try c.run("sync", "--lang", "zh-Hans").succeeded()
        #expect(chinese.stderr.contains("这个文件被复制过：这一份今后叫“a (3)”。"))
    }

    @Test func hubPutBackTwice_everythingIsThereOnceAndOneSentence() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let first = try a.addStop("--note", "before")
        try hub.settle(a, b)
        hub.stop()
        try folder.copyStore("hub/hub.sqlite", to: "old.sqlite")
        for round in 1...2 {
            try hub.start()
            let added = try a.addStop("--note", "round \(round)")
            try b.edit(first, "--note", "edited \(round)")
            try hub.settle(a, b)
            hub.stop()
            try folder.copyStore("old.sqlite", to: "hub/hub.sqlite")
            try hub.start()
            let notices = [try b.sync(), try a.sync(), try b.sync()].flatMap { codes($0) }
            #expect(notices == ["hub_restored", "hub_restored"])
            try hub.settle(a, b)
            #expect(try a.note(added) == "round \(round)" && b.note(added) == "round \(round)")
            #expect(try a.note(first) == "edited \(round)")
            hub.stop()
        }
        try hub.start()
        try hub.settle(a, b)
        #expect(try a.stopIDs().count == 3)
        #expect(try a.conflicts().isEmpty)
        hub.stop()
        try StartedProgram(Programs.audit, ["verify", folder.file("hub")]).finish().succeeded()
    }

    @Test func join_alreadyIn_saysSoAndLeavesTheInvite() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let invite = try hub.invite("another name")
        let run = try a.run("join", invite, "--lang", "en").succeeded()
        #expect(run.stdout.contains("This device is in already, as 'a'"))
        #expect(try a.status().text("name") == "a")
        let b = try FieldDevice("b", in: folder)
        try b.run("join", invite).succeeded()
        #expect(try b.status().text("name") == "another name")
    }

    @Test func init_nameWithANumber_isRefused() throws {
        let a = try FieldDevice("a", in: folder)
        let run = try a.run(
            "init", "--name", "张 13800138000", "--replica", folder.file("n.sqlite"), "--json")
        #expect(try run.status == 2 && run.error.text("code") == "personal_name")
        let invite = try hub.run("invite", "--name", "13800138000", "--json")
        #expect(invite.status == 2)
    }

    /// Each was told of the protocol's form, or of a person's data.
    @Test(arguments: ["", "two\nlines", "\u{202E}turned"])
    func name_thatNobodyCanHave_saysWhatCanBeWritten(_ name: String) throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let runs = [
            try hub.run("invite", "--name", name, "--json"),
            try hub.run("device", "rename", "a", name, "--json"),
        ]
        for run in runs {
            #expect(try run.status == 2 && run.error.text("code") == "bad_name")
        }
        #expect(try a.status().text("name") == "a")
    }

    @Test func takeOver_copyWithoutItsKey_goesOnAsADeviceOfItsOwn() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let old = try a.addStop("--note", "delivered")
        try a.sync()
        let waiting = try a.addStop("--note", "waited when copied")
        let b = try FieldDevice(copyOf: a, as: "b", in: folder, withKey: false)
        #expect(try b.stopIDs() == [old, waiting])
        let refused = try b.run("sync", "--json")
        #expect(try refused.error.text("code") == "key_missing")
        #expect(try refused.error.text("mend").contains("--take-over"))
        try b.run("join", hub.invite("b"), "--take-over").succeeded()
        try hub.settle(b, a)
        try hub.settle(a, b)
        #expect(try a.stopIDs() == [old, waiting] && b.stopIDs() == [old, waiting])
        #expect(try b.status().text("name") == "b")
        #expect(try a.conflicts().isEmpty)
        let again = try b.run("join", hub.invite("c"), "--take-over", "--json")
        #expect(try again.error.text("code") == "key_present")
    }
}
