import Gzip
import SyncClient
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport

@testable import SyncReplica

/// A hub, a device that never has a network, and one that carries its bundles.
struct BundleWorld {
    let time = SimulatedTime()
    let hub: SimulatedHub
    /// Never has a network.
    let away: SimulatedDevice
    /// Has one, and carries.
    let carrier: SimulatedDevice
    let folder = TestFolder()
    let key = RecordKey("stops", ID128(high: 1, low: 1))

    init(pageBytes: Int = 512 << 10) async throws {
        hub = try SimulatedHub(time, seed: 11, folder: folder, pageBytes: pageBytes)
        away = try SimulatedDevice("away", time, seed: 12, folder: folder)
        carrier = try SimulatedDevice("carrier", time, seed: 13, folder: folder)
        try await carrier.join(hub)
        try await carrier.sync(hub)
    }

    func key(_ number: UInt64) -> RecordKey { RecordKey("stops", ID128(high: 1, low: number)) }

    /// - Returns: the path of the bundle.
    func export(_ device: SimulatedDevice, to name: String) throws -> String {
        let path = folder.file(name)
        _ = try device.replica.exportBundle(to: path)
        return path
    }

    /// - Returns: the path of the answer.
    @discardableResult
    func bring(
        _ bundles: String..., answer: String = "answer.fsb"
    ) throws -> (report: BundleIntakeReport, answer: String) {
        let path = folder.file(answer)
        let report = try hub.service.take(
            bundles.map { try BundleFile(path: $0) }, answerPath: path)
        return (report, path)
    }

    @discardableResult
    func take(_ path: String, at device: SimulatedDevice) throws -> BundleImport {
        try device.replica.importBundle(BundleFile(path: path))
    }

    /// One round of the device without a network: there and back.
    @discardableResult
    func roundTrip(_ name: String) throws -> BundleImport {
        let bundle = try export(away, to: "\(name).fsb")
        return try take(bring(bundle, answer: "\(name).answer.fsb").answer, at: away)
    }

    /// The same file with other items.
    func rewritten(
        _ path: String, as name: String, _ change: (BundleItem) -> [BundleItem]
    ) throws -> String {
        let bundle = try BundleFile(path: path)
        let target = folder.file(name)
        let writer = try BundleFileWriter(path: target, header: bundle.header)
        try bundle.each(Set(BundleItem.Kind.allCases)) { item in
            for made in change(item) { try writer.add(made) }
        }
        try writer.finish()
        return target
    }

    func items(_ path: String) throws -> [BundleItem] {
        var items: [BundleItem] = []
        try BundleFile(path: path).each(Set(BundleItem.Kind.allCases)) { items.append($0) }
        return items
    }

    func isEqual(_ device: SimulatedDevice) throws -> Bool {
        try device.replica.digestRoot() == hub.store.status().digest
    }
}

extension SimulatedDevice {
    /// The receipts that this device holds, by number.
    func receipts() throws -> [[UInt8]] {
        try replica.file.read { store in
            var receipts: [[UInt8]] = []
            try store.each(
                "SELECT receipt FROM batches WHERE receipt IS NOT NULL ORDER BY number"
            ) { receipts.append(try Gzip.decompress($0.array(0), limit: Limits.unpackedBytes)) }
            return receipts
        }
    }

    func openInvite(_ hub: SimulatedHub) throws { try replica.ask(hub.invite(name)) }
}
