import Foundation
import SyncClient
import SyncReplica

/// How each measure grows with the number of records.
struct Growth {
    let programs: String
    let folder: BenchFolder

    /// What one size took.
    struct Column {
        /// Milliseconds, by measure.
        var times: [(name: String, milliseconds: Double)] = []
        /// The largest of the idle syncs, heads of HTTP included.
        var idle = Traffic()
        /// Of healing, bodies without heads of HTTP, by measure.
        var traffic: [(name: String, traffic: Traffic)] = []
    }

    private static let rowsAtOnce = 500_000

    /// - Parameter count: records.
    func measure(_ count: Int) async throws -> Column {
        let hubFolder = folder.fresh("hub")
        let hub = try BenchHub(folder: hubFolder)
        let path = folder.fresh("growth.sqlite")
        var found: [(String, Double)] = []
        let replica = try await hub.device(path, name: "growth", rows: [])
        var saving = 0.0
        // A part at a time: ten million rows would not leave the engine's memory alone.
        for start in stride(from: 0, to: count, by: Self.rowsAtOnce) {
            let rows = StopRows.make(
                min(Self.rowsAtOnce, count - start), seed: UInt64(start + 1), from: start)
            saving += try Stopwatch.seconds { try BenchDevice.save(rows, in: replica) }
        }
        found.append(("save all", saving))
        found.append(
            ("push all", try await Stopwatch.asyncSeconds { _ = try await hub.sync(replica) }))
        let reader = try await hub.device(folder.fresh("r.sqlite"), name: "reader", rows: [])
        found.append(
            ("pull all", try await Stopwatch.asyncSeconds { _ = try await hub.sync(reader) }))
        try hub.store.close()
        let healing = try await HealingGrowth(folder: folder, hub: hubFolder)
            .measure(writer: replica, reader: reader)
        try reader.close()
        let served = try await HubProcess(
            program: "\(programs)/sync-hub", folder: hubFolder)
        defer { served.stop() }
        // What the large ones wrote is still on its way to the disk, and a small commit would wait
        // behind it.
        sync()
        var idle = Traffic()
        found += try await small(replica, served.url, &idle)
        try replica.close()
        found += try whole(path)
        return Column(
            times: found.map { ($0.0, $0.1 * 1_000) } + healing.times, idle: idle,
            traffic: healing.traffic)
    }

    /// What must not grow: an idle sync, and one of a single record.
    private func small(
        _ replica: Replica, _ url: String, _ largest: inout Traffic
    ) async throws -> [(String, Double)] {
        func sync() async throws -> SyncReport {
            let http = try HTTPTransport(url: url, pin: nil)
            let report = try await SyncDriver(replica: replica, transport: http).run()
            await http.close()
            return report
        }
        _ = try await sync()
        var traffic: [Traffic] = []
        var (idle, single): ([Double], [Double]) = ([], [])
        for index in 0..<9 {
            idle.append(
                try await Stopwatch.asyncSeconds {
                    traffic.append(try await sync().traffic)
                })
            let row = StopRows.make(1, seed: UInt64(5_000_000 + index))
            try BenchDevice.save(row, in: replica)
            single.append(try await Stopwatch.asyncSeconds { _ = try await sync() })
        }
        largest = traffic.max { $0.sent + $0.received < $1.sent + $1.received } ?? Traffic()
        return [("idle sync", idle.median), ("sync of one record", single.median)]
    }

    private func whole(_ path: String) throws -> [(String, Double)] {
        let field = "\(programs)/sync-field"
        var (add, status): ([Double], [Double]) = ([], [])
        for _ in 0..<9 {
            add.append(
                try ChildProgram(
                    field,
                    [
                        "stop", "add", "--point", "NDJ-014", "--mode", "foot", "--replica", path,
                    ]
                ).run().seconds)
            status.append(
                try ChildProgram(field, ["status", "--replica", path]).run().seconds)
        }
        return [("stop add, process", add.median), ("status, process", status.median)]
    }
}
