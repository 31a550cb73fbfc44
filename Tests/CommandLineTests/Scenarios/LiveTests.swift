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

    /// A log that is shorter than what was heard of: heard once, synced once, not over and over.
    @Test func hubThatWasPutBack_isNotAskedOverAndOver() throws {
        let hub = try RunningHub(in: folder)
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        hub.stop()
        try folder.copyStore("hub/hub.sqlite", to: "old.sqlite")
        try hub.start()
        for note in ["one", "two", "three"] {
            _ = try a.addStop("--note", note)
            try a.sync()
        }
        let watch = try b.start(["sync", "--watch", "--every", "10m"])
        defer {
            watch.child.signal(SIGKILL)
            _ = watch.child.reap()
        }
        #expect(try wait(for: "three", on: b, atMost: .seconds(10)))
        hub.stop()
        try folder.copyStore("old.sqlite", to: "hub/hub.sqlite")
        try hub.start()
        Thread.sleep(forTimeInterval: 10)
        hub.stop()
        let log = try String(contentsOfFile: folder.file("hub.log"), encoding: .utf8)
        let last = log.components(separatedBy: "Server started").last ?? ""
        let pulls = last.components(separatedBy: "\"path\":\"/v1/changes\"").count - 1
        #expect((1..<20).contains(pulls), "\(pulls) pulls in ten seconds")
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
