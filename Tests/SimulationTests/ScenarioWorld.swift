import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import TestSupport

/// A hub and joined devices with settable clocks, for scenarios told step by step.
struct ScenarioWorld {
    static let minute: Int64 = 60_000
    static let day: Int64 = 86_400_000
    static let year: Int64 = 365 * day

    let time = SimulatedTime()
    let hub: SimulatedHub
    let a: SimulatedDevice
    let b: SimulatedDevice
    let c: SimulatedDevice
    private let folder = TestFolder()
    let key = RecordKey("stops", ID128(high: 1, low: 1))

    init(pageBytes: Int = 512 << 10) async throws {
        hub = try SimulatedHub(time, seed: 1, folder: folder, pageBytes: pageBytes)
        a = try SimulatedDevice("a", time, seed: 2, folder: folder)
        b = try SimulatedDevice("b", time, seed: 3, folder: folder)
        c = try SimulatedDevice("c", time, seed: 4, folder: folder)
        for device in [a, b, c] { try await device.join(hub) }
    }

    /// Everyone syncs until nothing moves.
    func settle() async throws {
        for _ in 0..<2 {
            for device in [a, b, c] { try await device.sync(hub) }
        }
    }

    func isEqualEverywhere() throws -> Bool {
        let digest = try hub.store.status().digest
        return try [a, b, c].allSatisfy { try $0.replica.digestRoot() == digest }
    }

    func values(_ field: String) throws -> [Value?] {
        try [a, b, c].map { try $0.value(key, field) }
    }

    func conflicts(_ device: SimulatedDevice) throws -> [Conflict] {
        try device.replica.conflicts().map(\.conflict)
    }
}
