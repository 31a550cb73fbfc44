import Foundation
import SyncClient
import SyncReplica

/// What healing costs beside an ordinary sync of as many records, at a size of the hub: it must
/// follow what was lost, not what is there.
struct HealingGrowth {
    let folder: BenchFolder
    /// The folder of a hub that nobody has open.
    let hub: String

    /// Batches that a restore of the hub takes away, of one record each.
    private static let lostCount = 500

    struct Result {
        /// Milliseconds, by measure.
        var times: [(name: String, milliseconds: Double)] = []
        var traffic: [(name: String, traffic: Traffic)] = []

        mutating func add(_ name: String, _ run: () async throws -> SyncReport) async throws {
            var report = SyncReport()
            let seconds = try await Stopwatch.asyncSeconds { report = try await run() }
            times.append((name, seconds * 1_000))
            traffic.append((name, report.traffic))
        }
    }

    /// - Parameters:
    ///   - writer: a device that wrote every record.
    ///   - reader: one that holds them all.
    func measure(writer: Replica, reader: Replica) async throws -> Result {
        var result = Result()
        let count = Self.lostCount
        try await measureOrdinary(reader, writer, &result)
        let backup = folder.fresh("hub-before.sqlite")
        try copy("\(hub)/hub.sqlite", to: backup)
        var open = try BenchHub(opening: hub)
        for row in StopRows.make(count, seed: 71) {
            try BenchDevice.save([row], in: writer)
            _ = try await open.sync(writer)
        }
        // An ordinary sync of as many records, both ways: what healing is held against.
        try BenchDevice.save(StopRows.make(count, seed: 72), in: reader)
        try await result.add("sync of \(count) each way") { try await open.sync(reader) }
        _ = try await open.sync(writer)
        try open.store.close()
        try copy(backup, to: "\(hub)/hub.sqlite")
        open = try BenchHub(opening: hub)
        try await result.add("hub put back by \(count) batches, their reader") {
            try await open.sync(reader)
        }
        try await result.add("hub put back by \(count) batches, their writer") {
            try await open.sync(writer)
        }
        _ = try await open.sync(reader)
        try await measureCopy(of: reader, writer, open, &result)
        try open.store.close()
        return result
    }

    /// An ordinary sync of as many records, each way, as the reader's healing below sends and gets.
    private func measureOrdinary(
        _ reader: Replica, _ writer: Replica, _ result: inout Result
    ) async throws {
        let open = try BenchHub(opening: hub)
        let count = Self.lostCount
        try BenchDevice.save(StopRows.make(count, seed: 75), in: writer)
        _ = try await open.sync(writer)
        try BenchDevice.save(StopRows.make(2 * count, seed: 70), in: reader)
        try await result.add("sync of \(2 * count) to the hub, \(count) from it") {
            try await open.sync(reader)
        }
        _ = try await open.sync(writer)
        try open.store.close()
    }

    /// A copy and its original, each with as many records of its own.
    private func measureCopy(
        of original: Replica, _ writer: Replica, _ hub: BenchHub, _ result: inout Result
    ) async throws {
        let count = Self.lostCount
        let path = folder.fresh("copy.sqlite")
        try original.close()
        // A copy is a file that was just opened: so is the one that it is held against.
        let reopened = try Replica(path: original.path, environment: .system)
        try BenchDevice.save(StopRows.make(count, seed: 76), in: writer)
        _ = try await hub.sync(writer)
        try BenchDevice.save(StopRows.make(count, seed: 77), in: reopened)
        try await result.add("sync of \(count) each way, file just opened") {
            try await hub.sync(reopened)
        }
        try reopened.close()
        try copy(original.path, to: path)
        try copy(KeyFile.path(forReplica: original.path), to: KeyFile.path(forReplica: path))
        let first = try Replica(path: original.path, environment: .system)
        let twin = try Replica(path: path, environment: .system)
        try BenchDevice.save(StopRows.make(count, seed: 73), in: first)
        _ = try await hub.sync(first)
        try BenchDevice.save(StopRows.make(count, seed: 74), in: twin)
        try await result.add("a copy's new key, \(count) each way") { try await hub.sync(twin) }
        try twin.close()
        try first.close()
    }

    private func copy(_ from: String, to path: String) throws {
        let files = FileManager.default
        for end in ["", "-wal", "-shm"] {
            try? files.removeItem(atPath: path + end)
        }
        try files.copyItem(atPath: from, toPath: path)
        if files.fileExists(atPath: from + "-wal") {
            try files.copyItem(atPath: from + "-wal", toPath: path + "-wal")
        }
    }
}
