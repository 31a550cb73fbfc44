import Foundation
import SyncCore
import TestSupport
import Testing

/// `sync --watch`: what one device delivers is on the other a moment later, and nobody waits for
/// whom a stopping hub leaves behind.
@Suite struct LiveTests {
    private let folder = TestFolder()

    /// Waits until a device shows a stop with a note.
    private func wait(for note: String, on device: FieldDevice, atMost limit: Duration) throws
        -> Bool
    {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            let list = try device.run("stop", "list", "--json").succeeded().stdout
            if list.contains(note) { return true }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return false
    }

    @Test func stopOfAnother_arrivesWithoutPolling_andSavesAreSentAtOnce() throws {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let watch = try b.start(["sync", "--watch", "--every", "10m"])
        defer {
            watch.child.signal(SIGKILL)
            _ = watch.child.reap()
        }
        // The first sync, and the line to the hub.
        _ = try b.addStop("--note", "from-b-first")
        #expect(try waitAtHub(a, for: "from-b-first"))
        Thread.sleep(forTimeInterval: 1)
        _ = try a.addStop("--note", "from-a")
        try a.sync()
        #expect(try wait(for: "from-a", on: b, atMost: .seconds(5)))
        // What is saved here while it watches goes out without waiting for its turn.
        _ = try b.addStop("--note", "from-b-later")
        #expect(try waitAtHub(a, for: "from-b-later"))
    }

    private func waitAtHub(_ device: FieldDevice, for note: String) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            try device.sync()
            if try device.run("stop", "list", "--json").succeeded().stdout.contains(note) {
                return true
            }
            Thread.sleep(forTimeInterval: 0.2)
        }
        return false
    }

    @Test func hubThatStops_doesNotWaitForWhoWatches_andIsFoundAgain() throws {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        let watch = try a.start(["sync", "--watch", "--every", "1s"])
        defer {
            watch.child.signal(SIGKILL)
            _ = watch.child.reap()
        }
        Thread.sleep(forTimeInterval: 1.5)
        let start = ContinuousClock.now
        hub.stop()
        try hub.start()
        #expect(ContinuousClock.now - start < .seconds(10))
        let b = try FieldDevice("b", in: folder, hub: hub)
        _ = try b.addStop("--note", "after-the-restart")
        try b.sync()
        #expect(try wait(for: "after-the-restart", on: a, atMost: .seconds(20)))
    }
}
