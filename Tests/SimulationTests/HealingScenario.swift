import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import TestSupport

@testable import SyncHub

/// What scenarios of copies and restores have in common.
extension ScenarioWorld {
    /// A second key of record, by number.
    func stop(_ number: UInt64) -> RecordKey { RecordKey("stops", ID128(high: 1, low: number)) }

    /// These devices sync in turn until nothing moves.
    ///
    /// - Returns: what healed, in order.
    @discardableResult
    func settle(_ devices: [SimulatedDevice]) async throws -> [HealingNotice] {
        var notices: [HealingNotice] = []
        for _ in 0..<3 {
            for device in devices {
                time.advance(1_000)
                notices += try await device.sync(hub).notices
            }
        }
        return notices
    }

    func isEqual(_ devices: [SimulatedDevice]) throws -> Bool {
        let digest = try hub.store.status().digest
        return try devices.allSatisfy {
            try $0.replica.digestRoot() == digest && !$0.replica.isHealing()
        }
    }

    /// Conflicts that nobody has settled.
    func openConflicts(_ device: SimulatedDevice) throws -> [Conflict] {
        try conflicts(device).filter { !$0.isResolved }
    }

    /// How often the hub's journal applied a change that writes this value.
    func applied(_ value: Value) throws -> Int {
        try hub.journal().reduce(0) { count, entry in
            guard entry.batch.adopts == nil else { return count }
            let skipped =
                entry.leaf.verdict.quarantined.map(\.change)
                + entry.leaf.verdict.repeats.map(\.change)
            return try count
                + (0..<entry.batch.count).filter { !skipped.contains($0) }.count {
                    try entry.batch.change($0).set.contains { $0.value.value == value }
                }
        }
    }
}

/// Thrown where a test ends a sync in the middle.
struct Cut: Error {}

extension SimulatedDevice {
    /// A sync that ends before its request of this number, counted from 0, as a crash ends it.
    ///
    /// - Parameter isAnswerLost: the request still reaches the hub, and the answer is lost.
    /// - Returns: false if it made fewer requests.
    func sync(
        _ hub: SimulatedHub, cutAt request: Int, isAnswerLost: Bool = false
    ) async throws -> Bool {
        let sent = Counter()
        let cutting = SimulatedTransport(
            seed: 1, faults: NetworkFaults(), hub: { hub.service.answer($0) })
        let transport = CutTransport(base: cutting, sent: sent, at: request, isAnswerLost)
        do {
            _ = try await SyncDriver(replica: replica, transport: transport).run()
            return false
        } catch is Cut {
            try restart()
            return true
        }
    }
}

/// Ends at a request.
private struct CutTransport: HubTransport {
    let base: SimulatedTransport
    let sent: Counter
    let at: Int
    let isAnswerLost: Bool

    init(base: SimulatedTransport, sent: Counter, at: Int, _ isAnswerLost: Bool) {
        (self.base, self.sent, self.at, self.isAnswerLost) = (base, sent, at, isAnswerLost)
    }

    var traffic: Traffic { base.traffic }

    func send(_ request: WireRequest) async throws -> WireAnswer {
        let isCut = sent.next() == at + 1
        guard isCut else { return try await base.send(request) }
        if isAnswerLost { _ = try await base.send(request) }
        throw Cut()
    }
}
