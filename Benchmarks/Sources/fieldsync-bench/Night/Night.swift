import Foundation
import SyncClient
import SyncReplica
import SyncStore

/// A whole neighbourhood comes online at once: every device pushes its night and pulls everybody's.
struct Night {
    let programs: String
    let folder: BenchFolder
    let deviceCount: Int
    let rowsPerDevice: Int
    /// Records that the hub holds before.
    let recordsBefore: Int

    struct Outcome {
        var seconds = 0.0
        var plainSeconds = 0.0
        var requestMilliseconds: [Double] = []
        var peakMebibytes = 0.0
        var sent = 0
        var received = 0
        var equalDigests = 0
        var firstSyncSeconds = 0.0
        var joiner = Sync()
    }

    func run() async throws -> Outcome {
        let hubFolder = folder.fresh("hub")
        let hub = try BenchHub(folder: hubFolder)
        let pulled = try await preload(hub)
        let replicas = try await makeDevices(hub, pulled)
        let joiner = try await hub.device(
            folder.fresh("joiner.sqlite"), name: "joiner", rows: [])
        try hub.store.close()
        let served = try await HubProcess(
            program: "\(programs)/sync-hub", folder: hubFolder)
        defer { served.stop() }
        var outcome = try await syncAll(replicas, url: served.url)
        outcome.firstSyncSeconds = try await Stopwatch.asyncSeconds {
            outcome.joiner = try await Self.sync(joiner, served.url, RequestTimes())
        }
        outcome.peakMebibytes = served.peakMebibytes
        outcome.plainSeconds = plainSeconds()
        return outcome
    }

    /// - Returns: a device that has pulled what the hub then holds; nil if that is nothing.
    private func preload(_ hub: BenchHub) async throws -> PulledDevice? {
        guard recordsBefore > 0 else { return nil }
        let slice = 26_000
        for start in stride(from: 0, to: recordsBefore, by: slice) {
            let count = min(slice, recordsBefore - start)
            let path = folder.fresh("before.sqlite")
            let replica = try await hub.device(
                path, name: "before",
                rows: StopRows.make(count, seed: UInt64(1_000_000 + start)))
            while let number = try replica.sealNext(upTo: replica.beginSession().mark) {
                guard let token = replica.token else { continue }
                let answer = hub.service.answer(
                    .init(
                        .post, "/v1/batches", token: token,
                        body: try replica.batch(number).envelope))
                precondition(answer.status == 200, "preload: \(answer.status)")
            }
            try replica.close()
            try? FileManager.default.removeItem(atPath: path)
        }
        let path = folder.fresh("pulled.sqlite")
        let replica = try await hub.device(path, name: "pulled", rows: [])
        _ = try await hub.sync(replica)
        try replica.close()
        return PulledDevice(path: path)
    }

    private func makeDevices(
        _ hub: BenchHub, _ pulled: PulledDevice?
    ) async throws -> [Replica] {
        var replicas: [Replica] = []
        for index in 0..<deviceCount {
            let path = folder.fresh("device.sqlite")
            replicas.append(
                try await hub.device(
                    path, name: "device \(index)",
                    rows: StopRows.make(rowsPerDevice, seed: UInt64(index + 10))))
            pulled?.lendCursor(to: path)
        }
        return replicas
    }

    /// Everybody begins at the same moment.
    private func syncAll(_ replicas: [Replica], url: String) async throws -> Outcome {
        let times = RequestTimes()
        var outcome = Outcome()
        let isWithoutRepair = recordsBefore > 0
        outcome.seconds = try await Stopwatch.asyncSeconds {
            try await withThrowingTaskGroup(of: Sync.self) { group in
                for replica in replicas {
                    group.addTask {
                        try await Self.sync(replica, url, times, isWithoutRepair: isWithoutRepair)
                    }
                }
                for try await sync in group {
                    outcome.sent += sync.traffic.sent
                    outcome.received += sync.traffic.received
                    if sync.isEqual { outcome.equalDigests += 1 }
                }
            }
        }
        outcome.requestMilliseconds = times.all
        return outcome
    }

    /// One device's sync.
    struct Sync {
        var traffic = Traffic()
        /// The device compared digests at the end, and they were equal.
        var isEqual = false
    }

    private static func sync(
        _ replica: Replica, _ url: String, _ times: RequestTimes, isWithoutRepair: Bool = false
    ) async throws -> Sync {
        let http = try HTTPTransport(url: url, pin: nil)
        let timed = TimedTransport(http, times, isWithoutRepair: isWithoutRepair)
        var sync = Sync()
        do {
            let report = try await SyncDriver(replica: replica, transport: timed).run()
            if case .equal = report.digest { sync.isEqual = true }
        } catch is TimedTransport.NoRepair {}
        let left = try replica.pendingCount()
        precondition(left == 0, "everything was pushed")
        sync.traffic = await http.traffic
        await http.close()
        return sync
    }

    /// The same rows into one plain table, a transaction for each device.
    private func plainSeconds() -> Double {
        let rows = StopRows.make(deviceCount * rowsPerDevice, seed: 99)
        let table = PlainTable(path: folder.fresh("plain.sqlite"))
        defer { table.close() }
        return Stopwatch.seconds { table.insert(rows, rowsPerCommit: rowsPerDevice) }
    }
}
