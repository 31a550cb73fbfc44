import SyncCore
import TestSupport
import Testing

/// Devices whose clocks are years off, and days that pass: all machines under a set clock.
@Suite struct ClockTests {
    private let folder = TestFolder()
    private let hub: RunningHub

    private static let tenYears = WallClock.off(days: 3_650)

    init() throws { hub = try RunningHub(in: folder) }

    private func passDays(_ days: Int) throws {
        hub.stop()
        try hub.start(clock: .off(days: days))
    }

    /// Design §12, scenario 1.
    @Test(arguments: [false, true])
    func save_clockPutRightAfterTenYears_laterSaveWins(_ syncsBetween: Bool) throws {
        var a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let id = try a.addStop("--note", "first")
        try hub.settle(a, b)

        a.clock = Self.tenYears
        try a.edit(id, "--note", "x")
        if syncsBetween { #expect(try a.sync().number("suspect") == 1) }
        a.clock = .right
        try a.edit(id, "--note", "y")
        #expect(try a.note(id) == "y")
        try hub.settle(a, b)
        #expect(try a.note(id) == "y")
        #expect(try b.note(id) == "y")
        #expect(try b.conflicts().isEmpty)

        // The years do not stay in the clocks: whoever edits next wins.
        try b.edit(id, "--note", "z")
        try hub.settle(b, a)
        #expect(try a.note(id) == "z")
        #expect(try a.conflicts().isEmpty)
    }

    /// Design §12, scenario 2.
    @Test func edit_futureClockAndUnseenLaterEdit_laterEditStaysAndFutureOneIsListed() throws {
        var a = try FieldDevice("a", in: folder, hub: hub)
        var b = try FieldDevice("b", in: folder, hub: hub)
        let id = try a.addStop("--note", "first")
        try hub.settle(a, b)

        a.clock = Self.tenYears
        try a.edit(id, "--note", "from 2036")
        try passDays(10)
        b.clock = .off(days: 10)
        try b.edit(id, "--note", "day 10")
        #expect(try b.sync().number("suspect") == 0)
        try passDays(21)
        b.clock = .off(days: 21)
        #expect(try a.sync().number("suspect") == 1)
        try hub.settle(a, b)

        for device in [a, b] {
            #expect(try device.note(id) == "day 10", "\(device.name)")
            let conflicts = try device.conflicts()
            #expect(conflicts.map { $0.side("lost") } == ["from 2036"], "\(device.name)")
            #expect(conflicts.map { $0.side("kept") } == ["day 10"], "\(device.name)")
        }
    }

    /// Design §12, scenario 2, the other end.
    @Test func edit_futureClockAndSeenLaterEdit_wins() throws {
        var a = try FieldDevice("a", in: folder, hub: hub)
        var b = try FieldDevice("b", in: folder, hub: hub)
        let id = try a.addStop("--note", "first")
        try hub.settle(a, b)

        try passDays(10)
        b.clock = .off(days: 10)
        try b.edit(id, "--note", "day 10")
        #expect(try b.sync().number("suspect") == 0)
        a.clock = Self.tenYears
        try a.sync()
        #expect(try a.note(id) == "day 10")
        try a.edit(id, "--note", "from 2036")
        try passDays(21)
        b.clock = .off(days: 21)
        try hub.settle(a, b)

        for device in [a, b] {
            #expect(try device.note(id) == "from 2036", "\(device.name)")
            #expect(try device.conflicts().isEmpty, "\(device.name)")
        }
        let status = try a.status()
        #expect(status["clock_suspect"] == .bool(true))
        #expect(try b.status()["clock_suspect"] == .bool(false))
    }

    /// Design §12, scenario 3.
    @Test func edit_suspectLosesOnRecordThatDoesNotMove_writerIsTold() throws {
        var a = try FieldDevice("a", in: folder, hub: hub)
        var b = try FieldDevice("b", in: folder, hub: hub)
        let id = try a.addStop("--note", "first")
        try hub.settle(a, b)

        a.clock = .off(hours: 1)
        b.clock = .off(minutes: 4)
        try a.edit(id, "--note", "an hour ahead")
        try b.edit(id, "--note", "four minutes ahead")
        #expect(try b.sync().number("suspect") == 0)
        #expect(try a.sync().number("suspect") == 1)

        #expect(try a.note(id) == "four minutes ahead")
        #expect(try a.conflicts().map { $0.side("lost") } == ["an hour ahead"])
        try hub.settle(a, b)
        #expect(try b.conflicts() == a.conflicts())
    }
}
