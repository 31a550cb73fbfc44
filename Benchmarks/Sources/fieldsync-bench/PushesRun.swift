import Foundation
import SyncClient
import SyncProtocol
import SyncReplica

/// One-record pushes of many devices at one served hub, beside plain commits on the same disk.
struct PushesRun {
    let programs: String
    let folder: BenchFolder
    let devices: Int
    /// Batches of one record that each device pushes, one after the other.
    let batches: Int

    func run() async throws {
        let hubFolder = folder.fresh("hub")
        let hub = try BenchHub(folder: hubFolder)
        var ready: [(token: String, bodies: [[UInt8]])] = []
        for index in 0..<devices {
            ready.append(try await sealed(index, hub))
        }
        try hub.store.close()
        let before = plainCommits()
        let served = try await HubProcess(program: "\(programs)/sync-hub", folder: hubFolder)
        defer { served.stop() }
        let times = RequestTimes()
        let prepared = ready
        let url = served.url
        let seconds = try await Stopwatch.asyncSeconds {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for device in prepared {
                    group.addTask { try await Self.push(device, url, times) }
                }
                try await group.waitForAll()
            }
        }
        let after = plainCommits()
        let pushes = Double(devices * batches) / seconds
        let plain = (before + after) / 2
        let milliseconds = times.all.sorted()
        print(
            "| devices | pushes/s | plain commits/s | of them | p50 | p95 | p99 | hub's peak |\n"
                + "|---|---|---|---|---|---|---|---|")
        print(
            String(
                format: "| %d | %.0f | %.0f | %.2f × | %.0f ms | %.0f ms | %.0f ms | %.0f MiB |",
                devices, pushes, plain, pushes / plain, milliseconds.percentile(0.5),
                milliseconds.percentile(0.95), milliseconds.percentile(0.99),
                served.peakMebibytes))
    }

    private func sealed(
        _ index: Int, _ hub: BenchHub
    ) async throws -> (token: String, bodies: [[UInt8]]) {
        let replica = try await hub.device(
            folder.fresh("device.sqlite"), name: "device \(index)", rows: [])
        var bodies: [[UInt8]] = []
        for row in StopRows.make(batches, seed: UInt64(900_000 + index * 1_000)) {
            try BenchDevice.save([row], in: replica)
            guard let number = try replica.sealNext(upTo: replica.beginSession().mark) else {
                continue
            }
            bodies.append(try replica.push(number).encoded)
        }
        let token = replica.token ?? ""
        try replica.close()
        return (token, bodies)
    }

    private static func push(
        _ device: (token: String, bodies: [[UInt8]]), _ url: String, _ times: RequestTimes
    ) async throws {
        let transport = try HTTPTransport(url: url, pin: nil)
        for body in device.bodies {
            var status = 0
            let seconds = try await Stopwatch.asyncSeconds {
                status = try await transport.send(
                    WireRequest(.post, "/v1/batches", token: device.token, body: body)
                ).status
            }
            guard status == 200 else { throw RefusedPush(status: status) }
            times.add(seconds * 1_000)
        }
        await transport.close()
    }

    /// Commits a second of one row each.
    private func plainCommits() -> Double {
        let rows = StopRows.make(1_000, seed: 77)
        let table = PlainTable(path: folder.fresh("plain.sqlite"))
        let seconds = Stopwatch.seconds { table.insert(rows, rowsPerCommit: 1) }
        return Double(rows.count) / seconds
    }
}
