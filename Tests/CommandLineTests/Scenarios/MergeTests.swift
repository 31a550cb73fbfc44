import SyncCore
import TestSupport
import Testing

/// Edits of one record on several devices that did not know of each other.
@Suite struct MergeTests {
    private let folder = TestFolder()
    private let hub: RunningHub

    init() throws { hub = try RunningHub(in: folder) }

    @Test func editsOffline_differentFields_bothSurviveEverywhere() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let id = try a.addStop("--note", "first", "--team-size", "2")
        try hub.settle(a, b)

        try a.edit(id, "--note", "红袖章")
        try b.edit(id, "--team-size", "5")
        try hub.settle(a, b)

        for device in [a, b] {
            let fields = try device.stop(id)
            #expect(fields.text("note") == "红袖章")
            #expect(fields.number("team_size") == 5)
            #expect(fields.text("point") == "NDJ-014")
            #expect(try device.conflicts().isEmpty)
        }
    }

    @Test func editsOffline_sameField_laterWinsAndLostCanBeBroughtBack() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let c = try FieldDevice("c", in: folder, hub: hub)
        let id = try a.addStop("--note", "first")
        try hub.settle(a, b, c)

        try a.edit(id, "--note", "earlier")
        try b.edit(id, "--note", "later")
        try b.sync()
        try a.sync()
        try hub.settle(a, b, c)

        let listed = try [a, b, c].map { device in
            #expect(try device.note(id) == "later", "\(device.name)")
            let conflicts = try device.conflicts()
            #expect(conflicts.count == 1, "\(device.name)")
            return try #require(conflicts.first)
        }
        for conflict in listed {
            #expect(conflict == listed[0])
            #expect(conflict.side("kept") == "later")
            #expect(conflict.side("lost") == "earlier")
            #expect(conflict.text("record") == id)
            #expect(conflict.text("field") == "note")
        }

        try c.run("conflict", "resolve", listed[0].text("id"), "--use", "lost").succeeded()
        try c.sync()
        try hub.settle(a, b, c)
        for device in [a, b, c] {
            #expect(try device.note(id) == "earlier", "\(device.name)")
            #expect(try device.conflicts().isEmpty, "\(device.name)")
            #expect(try device.json("conflict", "list", "--all").array?.count == 1)
        }
    }

    /// Design §12, scenario 6.
    @Test(arguments: [true, false])
    func edit_recordDeletedByOther_editIsListed(_ editArrivesFirst: Bool) throws {
        let c = try FieldDevice("c", in: folder, hub: hub)
        let d = try FieldDevice("d", in: folder, hub: hub)
        let id = try c.addStop("--note", "first")
        try hub.settle(c, d)

        try c.edit(id, "--note", "found a child", "--people-helped", "1")
        try d.run("stop", "delete", id).succeeded()
        for device in editArrivesFirst ? [c, d] : [d, c] { try device.sync() }
        try hub.settle(c, d)

        for device in [c, d] {
            let conflicts = try device.conflicts()
            let values = conflicts.flatMap { [$0.side("kept"), $0.side("lost")] }
            #expect(values.contains("found a child"), "\(device.name): \(conflicts)")
            #expect(Set(conflicts.map { $0.text("record") }) == [id])
            // A deleted record keeps its fields.
            #expect(try device.note(id) == "found a child")
        }
        #expect(try c.conflicts() == d.conflicts())
    }

    /// Design §12, scenario 11.
    @Test func edits_twoInOneBatchOverUnseenValue_unseenValueIsListed() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let id = try a.addStop("--note", "first")
        try hub.settle(a, b)

        try b.edit(id, "--note", "v1")
        try b.sync()
        let before = try hub.position
        try a.edit(id, "--note", "x")
        try a.edit(id, "--note", "y")
        try a.sync()
        #expect(try hub.position == before + 1)
        try hub.settle(a, b)

        for device in [a, b] {
            #expect(try device.note(id) == "y")
            let conflicts = try device.conflicts()
            #expect(conflicts.count == 1)
            #expect(conflicts.first?.side("kept") == "y")
            #expect(conflicts.first?.side("lost") == "v1")
        }
    }
}
