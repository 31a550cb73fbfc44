// Many devices at one or several hubs, each with a replica and real sessions.
//
// `fieldsync-bench load --url URL[,URL…] --invites FILE [--changes N] [--per-sync N] [--minutes M]
// [--keep DIR] [--json FILE] [--push-only] [--start-at FILE]`. A device for each line of the
// invites file; device n talks to URL n modulo their number. With --minutes devices go on until
// then, whatever the hub answers; what it may answer is success or "try again". At the end each
// syncs until all are equal. With --start-at the file DIR/ready says that all have joined, and
// they begin when FILE is there.

import Foundation
import SyncClient
import SyncProtocol
import SyncReplica

struct LoadRun {
    let urls: [String]
    let invites: [Invite]
    /// Records that each device writes; nil: until the time is over.
    let changes: Int?
    let perSync: Int
    let minutes: Double?
    let keep: String
    let report: String?
    /// Batches are sealed before the clock starts, and only sent: what a hub takes a second.
    let isPushOnly: Bool
    /// Nothing is sent before this file is there.
    let startAt: String?

    /// Devices that are asked to be equal at the end are given so long.
    private static let settleSeconds = 180.0
    /// Between an answer "try again" and the next attempt.
    private static let pause = Duration.milliseconds(200)

    init?(_ value: (String) -> String?, isPushOnly: Bool, folder: BenchFolder) throws {
        guard let urls = value("--url"), let file = value("--invites") else { return nil }
        self.urls = urls.split(separator: ",").map(String.init)
        invites = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            .compactMap { try? Invite(text: String($0)) }
        minutes = value("--minutes").flatMap { Double($0) }
        changes = value("--changes").flatMap { Int($0) }
        perSync = value("--per-sync").flatMap { Int($0) } ?? 1
        keep = value("--keep") ?? folder.fresh("load")
        report = value("--json")
        self.isPushOnly = isPushOnly
        startAt = value("--start-at")
        guard !invites.isEmpty, (minutes == nil) != (changes == nil) else { return nil }
    }

    func run() async throws {
        try FileManager.default.createDirectory(atPath: keep, withIntermediateDirectories: true)
        let figures = LoadFigures()
        let devices = try await join(figures)
        try await waitForStart()
        let start = ContinuousClock.now
        let until = minutes.map { start + .seconds($0 * 60) }
        try await each(devices) { device in try await work(device, until: until, figures) }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let equal = isPushOnly ? 0 : try await settle(devices, figures)
        let outcome = figures.outcome(seconds: seconds, devices: devices.count, equal: equal)
        print(outcome.table)
        if let report { try outcome.json.write(toFile: report, atomically: true, encoding: .utf8) }
    }

    private func waitForStart() async throws {
        guard let startAt else { return }
        FileManager.default.createFile(atPath: keep + "/ready", contents: nil)
        while !FileManager.default.fileExists(atPath: startAt) {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private func each(
        _ devices: [LoadDevice], _ body: @escaping @Sendable (LoadDevice) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for device in devices { group.addTask { try await body(device) } }
            try await group.waitForAll()
        }
    }

    private func join(_ figures: LoadFigures) async throws -> [LoadDevice] {
        var devices: [LoadDevice] = []
        for (index, invite) in invites.enumerated() {
            let path = keep + "/" + String(format: "%03d", index) + ".sqlite"
            let device = LoadDevice(
                index: index, url: urls[index % urls.count],
                replica: try Replica.create(
                    path: path, name: "device \(index)", environment: .system),
                figures: figures)
            let transport = try HTTPTransport(url: device.url, pin: nil)
            _ = try await HubEnrolment.join(device.replica, invite: invite, transport: transport)
            await transport.close()
            if isPushOnly { try device.seal(changes ?? 0) }
            devices.append(device)
        }
        return devices
    }

    private func work(
        _ device: LoadDevice, until: ContinuousClock.Instant?, _ figures: LoadFigures
    ) async throws {
        guard !isPushOnly else { return try await device.push() }
        var written = 0
        while until.map({ ContinuousClock.now < $0 }) ?? (written < changes ?? 0) {
            let count = min(perSync, (changes ?? .max) - written)
            try device.write(count, from: written)
            written += count
            figures.count(changes: count)
            while try await !device.sync() {
                try await Task.sleep(for: Self.pause)
                if let until, ContinuousClock.now > until { return }
            }
        }
    }

    /// Syncs until every device holds the digest that the hub then has.
    private func settle(_ devices: [LoadDevice], _ figures: LoadFigures) async throws -> Int {
        let deadline = ContinuousClock.now + .seconds(Self.settleSeconds)
        // Once for what is unsent; from then on nothing moves any more.
        for _ in 0..<2 {
            try await each(devices) { device in
                while try await !device.sync(), ContinuousClock.now < deadline {
                    try await Task.sleep(for: Self.pause)
                }
            }
        }
        return devices.count { $0.isEqual }
    }
}
