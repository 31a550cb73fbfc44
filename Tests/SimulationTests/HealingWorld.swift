import Foundation
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@testable import SyncHub

/// Devices whose files are copied, put back and lost, and a hub whose disk is: everything drawn
/// from one seed. Source of the operations and the laws: Protocol/README.md §10 and §11.
final class HealingWorld: @unchecked Sendable {
    // Guard: a world runs on one task; nothing here is touched from two.

    /// What befalls files in a life, beside what people do.
    struct Fate: Sendable {
        var restoresHub: Bool
        var copies: Bool
        var jumpsClock: Bool
        /// Files are copied, put back and lost a fifth as often: the rates that the rules were
        /// found with.
        var isSeldom: Bool
    }

    /// A file that a device lives in, and what was put aside of it.
    final class Home: @unchecked Sendable {
        let device: SimulatedDevice
        var backup: String?
        /// Writes of this file that are not in its backup.
        var sinceBackup: Set<Int> = []

        init(_ device: SimulatedDevice) { self.device = device }
    }

    /// A write as its author made it.
    struct Write {
        let device: DeviceID
        let key: RecordKey
        let field: String
        let value: CanonicalValue
        let claimed: Stamp
        /// The stamp that the author saw in the field.
        let was: Stamp?
        let order: Int
        /// Files that hold it: the author's and those copied from it since.
        var homes: Set<ObjectIdentifier>
    }

    private static let fields = ["f", "g", "h"]
    private static let homeLimit = 6

    let seed: UInt64
    let fate: Fate
    let time = SimulatedTime()
    let hub: SimulatedHub
    private(set) var homes: [Home] = []
    private(set) var writes: [Write] = []
    private(set) var tally = HealingTally()
    private var random: SeededGenerator
    private let folder = TestFolder()
    private let keys: [RecordKey]
    private var hubBackup: String?
    private var depth = 0
    private var names = 0

    init(seed: UInt64, isSeldom: Bool = false) throws {
        self.seed = seed
        random = SeededGenerator(seed: seed &+ 0xC0FFEE)
        let kind = Int.random(in: 0..<4, using: &random)
        fate = Fate(
            restoresHub: kind != 0, copies: kind != 1, jumpsClock: kind == 3, isSeldom: isSeldom)
        let pageBytes = [1, 600, 512 << 10].randomElement(using: &random)!
        hub = try SimulatedHub(time, seed: seed &* 31, folder: folder, pageBytes: pageBytes)
        keys = (1...4).map {
            RecordKey($0 == 4 ? "points" : "stops", .init(high: 7, low: $0))
        }
        let count = Int.random(in: 2...4, using: &random)
        for index in 0..<count {
            let device = try SimulatedDevice(
                "device\(index)", time, seed: seed &* 131 &+ UInt64(index), folder: folder)
            homes.append(Home(device))
        }
    }

    /// A random life, then a good network until nothing moves.
    func run(steps: Int) async throws {
        for home in homes { try await home.device.join(hub) }
        for _ in 0..<steps { try await step() }
        try await healAll()
    }

    private func healAll() async throws {
        hub.clock.set(0)
        _ = try hub.store.resetClock()
        for round in 0..<4 {
            for home in homes {
                home.device.clock.set(0)
                time.advance(1_000)
                let report = try await syncWithOperator(home)
                tally.take(report)
                #expect(report.halt == nil, "seed \(seed): \(String(describing: report.halt))")
                if round == 3 { #expect(report.pushed == 0, "seed \(seed): not quiet") }
            }
        }
    }

    /// A sync after which the operator does what the hub's log says: where a snapshot was put
    /// back past an epoch that another had opened, only a person can tell it from a second hub.
    private func syncWithOperator(_ home: Home) async throws -> SyncReport {
        for _ in 0..<2 {
            do {
                return try await home.device.sync(hub)
            } catch let error as WireError where error.code == .hubSplit && tally.hubRestores > 0 {
                _ = try hub.store.openEpoch()
                tally.epochsByHand += 1
            }
        }
        return try await home.device.sync(hub)
    }

    /// Whether a blow falls, where they are seldom.
    private func strikes() -> Bool { !fate.isSeldom || random.oneIn(5) }

    // MARK: What happens

    private func step() async throws {
        time.advance(Int64.random(in: 1...600_000, using: &random))
        let home = homes.randomElement(using: &random)!
        switch Int.random(in: 0..<24, using: &random) {
        case 0..<8: try edit(home)
        case 8: try deleteOrRestore(home)
        case 9: try resolve(home)
        case 10: home.device.clock.set(offsets.randomElement(using: &random)!)
        case 11: try random.oneIn(2) ? home.device.restart() : hub.restart()
        case 12, 13: if fate.copies { try copyOrPutBack(home) }
        case 14, 15: if fate.restoresHub { try backUpOrRestoreHub() }
        case 16: if fate.jumpsClock { jumpClock() }
        case 17: if fate.restoresHub, random.oneIn(3), strikes() { lose(home) }
        default: await sync(home)
        }
    }

    private let offsets: [Int64] = [0, 0, 0, 240_000, -240_000, 3_600_000, -86_400_000]

    private static let isTold = ProcessInfo.processInfo.environment["HEALING_TOLD"] != nil

    /// For whoever looks into a seed (`HEALING_TOLD=1`).
    private func tell(_ what: @autoclosure () throws -> String) rethrows {
        guard Self.isTold else { return }
        try print(String(repeating: "    ", count: depth) + what())
    }

    /// What a device's file says of itself, in short.
    private func face(_ home: Home) -> String {
        let id = (try? home.device.id.hex.prefix(4)) ?? "?"
        return "\(home.device.name) \(id)"
    }

    private func sync(_ home: Home) async {
        depth += 1
        defer { depth -= 1 }
        tell("sync \(face(home))")
        defer {
            let (size, epochs) = (try? hub.journal().count, try? hub.store.epochs().count)
            tell("end of it: \(face(home)), hub \(size ?? -1), \(epochs ?? -1) epochs")
        }
        let mayNest = depth == 1
        do {
            let report = try await home.device.sync(
                hub, faults: NetworkFaults(oneIn: 6),
                meanwhile: { [self] in
                    guard mayNest, random.oneIn(4) else { return }
                    time.advance(50)
                    try await happen(during: home)
                })
            tally.take(report)
            tell("pushed \(report.pushed) \(report.notices) \(String(describing: report.halt))")
            #expect(
                report.halt == nil || report.halt == .contended,
                "seed \(seed): \(String(describing: report.halt))")
        } catch let fault as TransportFault {
            tell("\(fault.kind)")
        } catch let answer as ForeignAnswer {
            tell("\(answer)")
        } catch let error as StoreError where error.kind == .locked {
        } catch let error as WireError where Self.passing.contains(error.code) {
            tell("\(error.code.rawValue)")
        } catch let error as WireError where error.code == .hubSplit && tally.hubRestores > 0 {
        } catch is WireError where home.device.gotOldAnswer {
        } catch {
            Issue.record("seed \(seed): \(error)")
        }
    }

    /// What may pass: another process on the file took a new key meanwhile, or the hub was put back
    /// to before the device came.
    private static let passing: [WireErrorCode] = [
        .hubNotReady, .rekeyLimit, .headUnknown, .cursorGone, .numberAhead, .tokenUnknown,
        .roleForbidden, .deviceUnknown,
    ]

    /// Something in the middle of a sync: another person, another process, a copy, a restore.
    private func happen(during home: Home) async throws {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: if fate.restoresHub { try backUpOrRestoreHub() }
        case 1: if fate.copies, homes.count < Self.homeLimit, strikes() { try copy(home) }
        case 2, 3: await sync(home)
        case 4, 5: await sync(homes.randomElement(using: &random)!)
        default: try edit(homes.randomElement(using: &random)!)
        }
    }

    private func copyOrPutBack(_ home: Home) throws {
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where homes.count < Self.homeLimit: if strikes() { try copy(home) }
        case 1 where home.backup != nil: if strikes() { try putBack(home) }
        default:
            names += 1
            let backup = "backup\(names).sqlite"
            try home.device.copy(to: backup)
            home.backup = backup
            home.sinceBackup = []
        }
    }

    private func copy(_ home: Home) throws {
        names += 1
        let twin = Home(try home.device.twin("twin\(names)", seed: seed &* 977 &+ UInt64(names)))
        tally.copies += 1
        tell("copy \(face(home)) to \(twin.device.name)")
        for index in writes.indices where writes[index].homes.contains(ObjectIdentifier(home)) {
            writes[index].homes.insert(ObjectIdentifier(twin))
        }
        homes.append(twin)
    }

    private func putBack(_ home: Home) throws {
        guard let backup = home.backup else { return }
        try home.device.restoreCopy(backup)
        tally.putBacks += 1
        tell("put back \(face(home))")
        for index in home.sinceBackup { writes[index].homes.remove(ObjectIdentifier(home)) }
        home.sinceBackup = []
    }

    private func lose(_ home: Home) {
        guard homes.count > 2 else { return }
        tally.losses += 1
        tell("lose \(face(home))")
        homes.removeAll { $0 === home }
        for index in writes.indices { writes[index].homes.remove(ObjectIdentifier(home)) }
    }

    private func backUpOrRestoreHub() throws {
        if let hubBackup, random.oneIn(2) {
            guard strikes() else { return }
            try hub.restoreStore(hubBackup)
            tally.hubRestores += 1
            try tell("hub put back, to \(try hub.journal().count)")
        } else {
            hubBackup = try hub.copyStore()
            try tell("hub copied at \(try hub.journal().count)")
        }
    }

    private func jumpClock() {
        hub.clock.set(hub.clock.milliseconds == 0 ? 10 * 365 * 86_400_000 : 0)
        tally.clockJumps += 1
        tell("hub clock \(hub.clock.milliseconds)")
        if hub.clock.milliseconds == 0 { _ = try? hub.store.resetClock() }
    }

    // MARK: What people do

    private func edit(_ home: Home) throws {
        let key = keys.randomElement(using: &random)!
        var values: [String: Value] = [:]
        for _ in 0...Int.random(in: 0...1, using: &random) {
            let field = Self.fields.randomElement(using: &random)!
            values[field] = .text("\(home.device.name)-\(writes.count)")
        }
        try save(home, Edit(key, .set(values)))
    }

    private func deleteOrRestore(_ home: Home) throws {
        let key = keys.randomElement(using: &random)!
        guard let record = try home.device.replica.record(key) else { return }
        try save(home, Edit(key, record.isDeleted ? .restore : .delete))
    }

    private func resolve(_ home: Home) throws {
        let open = try home.device.replica.conflicts().filter { !$0.conflict.isResolved }
        guard let conflict = open.randomElement(using: &random) else { return }
        var values: [String: Value] = [:]
        if random.oneIn(2) {
            values[conflict.conflict.field] = conflict.conflict.lost.value.value
            if conflict.conflict.keptField != nil { values[FieldName.deleted] = false }
        }
        try save(home, Edit(conflict.conflict.record, .set(values), resolves: [conflict.id]))
    }

    private func save(_ home: Home, _ edit: Edit) throws {
        let before = try home.device.replica.record(edit.key)?.state
        let saved = try home.device.replica.save([edit])[0]
        guard let time = saved.stamp else { return }
        let stamp = Stamp(time: time, device: try home.device.id)
        tally.saves += 1
        tell(
            "\(face(home)) saves \(writes.count) \(edit.key.id.low) \(edit.action) "
                + "at \(stamp.time.hex.dropFirst(4))")
        for field in saved.state.fields where field.register.stamp == stamp {
            home.sinceBackup.insert(writes.count)
            writes.append(
                Write(
                    device: stamp.device, key: edit.key, field: field.name,
                    value: field.register.value, claimed: stamp, was: before?[field.name]?.stamp,
                    order: writes.count, homes: [ObjectIdentifier(home)]))
            let shown = try home.device.replica.record(edit.key)?.state[field.name]?.value
            #expect(shown == field.register.value, "seed \(seed): a save is not shown")
        }
    }
}

/// What a life held and what it came to.
struct HealingTally: Sendable {
    var saves = 0
    var copies = 0
    var putBacks = 0
    var losses = 0
    var hubRestores = 0
    var clockJumps = 0
    var newKeys = 0
    var healings = 0
    var epochsByHand = 0
    var falseConflicts = 0
    var conflicts = 0

    mutating func take(_ report: SyncReport) {
        for notice in report.notices {
            switch notice {
            case .copied: newKeys += 1
            case .hubRestored: healings += 1
            case .hubKeyReplaced, .hubMoved: break
            }
        }
    }
}
