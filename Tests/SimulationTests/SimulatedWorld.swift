import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncHub

/// Devices, a hub and a bad network; everything drawn from one seed.
final class SimulatedWorld: @unchecked Sendable {
    // Guard: a world runs on one task; nothing here is touched from two.

    /// A write as its author made it, for the law that nothing is lost unlisted.
    struct Write {
        let device: DeviceID
        let key: RecordKey
        let field: String
        let value: CanonicalValue
        let claimed: Stamp
        /// The stamp that the author saw in the field.
        let was: Stamp?
        let order: Int
    }

    private static let tenYears: Int64 = 10 * 365 * 86_400_000
    private static let fields = ["f", "g", "h"]

    let seed: UInt64
    let time = SimulatedTime()
    let hub: SimulatedHub
    let devices: [SimulatedDevice]
    private(set) var writes: [Write] = []
    private var random: SeededGenerator
    private let folder = TestFolder()
    private let keys: [RecordKey]
    /// Pages that were altered on their way.
    private(set) var corruptions = 0
    /// A sync inside a sync is enough; deeper ones show nothing new.
    private var depth = 0

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        let pageBytes = [1, 1, 600, 512 << 10].randomElement(using: &random)!
        hub = try SimulatedHub(time, seed: seed &* 31, folder: folder, pageBytes: pageBytes)
        let count = Int.random(in: 2...4, using: &random)
        devices = try (0..<count).map { [folder, time] index in
            try SimulatedDevice(
                "device\(index)", time, seed: seed &* 131 &+ UInt64(index), folder: folder)
        }
        keys = (1...4).map {
            RecordKey($0 % 2 == 0 ? "stops" : "later_kind", .init(high: 7, low: $0))
        }
    }

    /// A random life, then a good network until nothing moves.
    func run(steps: Int) async throws {
        for device in devices { try await device.join(hub) }
        for _ in 0..<steps { try await step() }
        for _ in 0..<3 {
            for device in devices {
                device.clock.set(0)
                time.advance(1_000)
                try await device.sync(hub)
            }
        }
    }

    private func step() async throws {
        time.advance(Int64.random(in: 1...600_000, using: &random))
        let device = devices.randomElement(using: &random)!
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<5: try edit(device)
        case 5: try deleteOrRestore(device)
        case 6: try resolve(device)
        case 7: setClock(device)
        case 8: try random.oneIn(2) ? device.restart() : hub.restart()
        default: await sync(device)
        }
    }

    private func sync(_ device: SimulatedDevice) async {
        depth += 1
        defer { depth -= 1 }
        let mayNest = depth == 1
        do {
            let report = try await device.sync(
                hub, faults: NetworkFaults(oneIn: 4),
                tamper: { [self] in corrupt($0, $1) },
                meanwhile: { [self] in
                    guard mayNest, random.oneIn(3) else { return }
                    time.advance(50)
                    // Another person, or another process on the very same file.
                    let other = devices.randomElement(using: &random)!
                    if random.oneIn(2) { try edit(other) } else { await sync(other) }
                })
            #expect(report.halt == nil, "seed \(seed): halted \(String(describing: report.halt))")
            // A page that was altered is mended at once, unless the hub's head keeps moving.
            if corruptions == 0, report.digest.isDifferent {
                Issue.record("seed \(seed): digest differs on \(device.name)")
            }
        } catch is TransportFault {
        } catch is ForeignAnswer {
        } catch {
            Issue.record("seed \(seed): \(error)")
        }
    }

    /// A fault behind the hub's signature: rarely, a page lacks a record or holds a false value.
    private func corrupt(_ request: WireRequest, _ answer: WireAnswer) -> WireAnswer {
        guard random.oneIn(15) else { return answer }
        return Tampering(key: hub.key).page(request, answer) { list in
            guard let index = list.indices.randomElement(using: &random) else { return false }
            let collection = list[index]["record"]?["collection"]?.string
            if random.oneIn(3) {
                list.remove(at: index)
            } else {
                var one = [list[index]]
                let field = Self.fields.randomElement(using: &random)!
                guard keys.contains(where: { $0.collection == collection }),
                    Tampering.alter(&one, field: field, to: "corrupt-\(corruptions)")
                else { return false }
                list[index] = one[0]
            }
            corruptions += 1
            return true
        }
    }

    // MARK: What people do

    private func edit(_ device: SimulatedDevice) throws {
        let key = keys.randomElement(using: &random)!
        var values: [String: Value] = [:]
        for _ in 0...Int.random(in: 0...1, using: &random) {
            let field = Self.fields.randomElement(using: &random)!
            values[field] = .text("\(device.name)-\(Int.random(in: 0...9, using: &random))")
        }
        try save(device, key, .set(values))
    }

    private func deleteOrRestore(_ device: SimulatedDevice) throws {
        let key = keys.randomElement(using: &random)!
        guard let record = try device.replica.record(key) else { return }
        try save(device, key, record.isDeleted ? .restore : .delete)
    }

    private func save(_ device: SimulatedDevice, _ key: RecordKey, _ action: Edit.Action) throws {
        let before = try device.replica.record(key)?.state
        let saved = try device.replica.save([Edit(key, action)])[0]
        guard let time = saved.stamp else { return }
        let stamp = Stamp(time: time, device: try device.id)
        for field in saved.state.fields where field.register.stamp == stamp {
            writes.append(
                Write(
                    device: stamp.device, key: key, field: field.name,
                    value: field.register.value, claimed: stamp, was: before?[field.name]?.stamp,
                    order: writes.count))
            // What I wrote I see.
            let shown = try device.replica.record(key)?.state[field.name]?.value
            #expect(shown == field.register.value, "seed \(seed): a save is not shown")
        }
    }

    private func resolve(_ device: SimulatedDevice) throws {
        let open = try device.replica.conflicts().filter { !$0.conflict.isResolved }
        guard let conflict = open.randomElement(using: &random) else { return }
        let before = try device.replica.record(conflict.conflict.record)?.state
        let choice: ConflictChoice = random.oneIn(2) ? .lost : .kept
        let saved = try device.replica.resolve(conflict, choice)
        guard let time = saved.stamp else { return }
        let stamp = Stamp(time: time, device: try device.id)
        for field in saved.state.fields where field.register.stamp == stamp {
            writes.append(
                Write(
                    device: stamp.device, key: conflict.conflict.record, field: field.name,
                    value: field.register.value, claimed: stamp, was: before?[field.name]?.stamp,
                    order: writes.count))
        }
    }

    private func setClock(_ device: SimulatedDevice) {
        let offsets: [Int64] = [
            0, 0, 240_000, -240_000, 3_600_000, -86_400_000, Self.tenYears, -Self.tenYears,
        ]
        device.clock.set(offsets.randomElement(using: &random)!)
    }
}
