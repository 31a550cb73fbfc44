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
    }

    func run() async throws -> Outcome {
        let hubFolder = folder.fresh("hub")
        let hub = try BenchHub(folder: hubFolder)
        try await preload(hub)
        let replicas = try await makeDevices(hub)
        let joiner = try await hub.device(
            folder.fresh("joiner.sqlite"), name: "joiner", rows: [])
        try hub.store.close()
        let served = try await HubProcess(
            program: "\(programs)/sync-hub", folder: hubFolder)
        defer { served.stop() }
        var outcome = try await syncAll(replicas, url: served.url)
        outcome.firstSyncSeconds = try await Stopwatch.asyncSeconds {
            _ = try await Self.sync(joiner, served.url, RequestTimes())
        }
        outcome.peakMebibytes = served.peakMebibytes
        outcome.plainSeconds = plainSeconds()
        return outcome
    }

    private func preload(_ hub: BenchHub) async throws {
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
    }

    private func makeDevices(_ hub: BenchHub) async throws -> [Replica] {
        var replicas: [Replica] = []
        for index in 0..<deviceCount {
            replicas.append(
                try await hub.device(
                    folder.fresh("device.sqlite"), name: "device \(index)",
                    rows: StopRows.make(rowsPerDevice, seed: UInt64(index + 10))))
        }
        return replicas
    }

    /// Everybody begins at the same moment.
    private func syncAll(_ replicas: [Replica], url: String) async throws -> Outcome {
        let times = RequestTimes()
        var outcome = Outcome()
        outcome.seconds = try await Stopwatch.asyncSeconds {
            try await withThrowingTaskGroup(of: SyncReport.self) { group in
                for replica in replicas {
                    group.addTask { try await Self.sync(replica, url, times) }
                }
                for try await report in group {
                    outcome.sent += report.traffic.sent
                    outcome.received += report.traffic.received
                    if case .equal = report.digest { outcome.equalDigests += 1 }
                }
            }
        }
        outcome.requestMilliseconds = times.all
        return outcome
    }

    private static func sync(
        _ replica: Replica, _ url: String, _ times: RequestTimes
    ) async throws -> SyncReport {
        let http = try HTTPTransport(url: url, pin: nil)
        let report = try await SyncDriver(
            replica: replica, transport: TimedTransport(http, times)
        ).run()
        await http.close()
        return report
    }

    /// The same rows into one plain table, a transaction for each device.
    private func plainSeconds() -> Double {
        let rows = StopRows.make(deviceCount * rowsPerDevice, seed: 99)
        let table = PlainTable(path: folder.fresh("plain.sqlite"))
        defer { table.close() }
        return Stopwatch.seconds { table.insert(rows, rowsPerCommit: rowsPerDevice) }
    }
}
