import SyncClient
import SyncProtocol
import Synchronization
import TestSupport

/// What a network does to requests and answers. Drawn anew for each one.
struct NetworkFaults: Sendable {
    /// One request in so many is hit by some fault; 0: none.
    var oneIn = 0
}

/// Carries requests to a simulated hub, with faults, and lets the world go on between them.
final class SimulatedTransport: HubTransport {
    private enum Fault: CaseIterable {
        case requestLost, answerLost, requestTwice, portal, oldAnswer, lateRequest
    }

    private struct State {
        var random: SeededGenerator
        var oldAnswers: [WireAnswer] = []
        var lateRequests: [WireRequest] = []
        var traffic = Traffic()
        var gaveOldAnswer = false
    }

    private let state: Mutex<State>
    private let faults: NetworkFaults
    private let hub: @Sendable (WireRequest) -> WireAnswer
    /// Called before each request reaches the hub: whatever happens meanwhile.
    private let meanwhile: @Sendable () async throws -> Void

    init(
        seed: UInt64, faults: NetworkFaults, hub: @escaping @Sendable (WireRequest) -> WireAnswer,
        meanwhile: @escaping @Sendable () async throws -> Void = {}
    ) {
        state = Mutex(State(random: SeededGenerator(seed: seed)))
        self.faults = faults
        self.hub = hub
        self.meanwhile = meanwhile
    }

    var traffic: Traffic { state.withLock { $0.traffic } }

    /// Whether an answer came that belonged to another call: its error may be any.
    var gaveOldAnswer: Bool { state.withLock { $0.gaveOldAnswer } }

    func send(_ request: WireRequest) async throws -> WireAnswer {
        try await meanwhile()
        let fault = state.withLock { state -> Fault? in
            state.traffic.roundTrips += 1
            guard faults.oneIn > 0, state.random.oneIn(faults.oneIn) else { return nil }
            return Fault.allCases.randomElement(using: &state.random)
        }
        // A request that was under way for long arrives now, out of order.
        for late in state.withLock({ $0.lateRequests.popLast().map { [$0] } ?? [] }) {
            _ = hub(late)
        }
        switch fault {
        case .requestLost: throw TransportFault(.timeout, url: "simulated")
        case .lateRequest:
            state.withLock { $0.lateRequests.append(request) }
            throw TransportFault(.timeout, url: "simulated")
        case .answerLost:
            _ = hub(request)
            throw TransportFault(.timeout, url: "simulated")
        case .requestTwice:
            _ = hub(request)
            return keep(hub(request))
        case .portal: return WireAnswer(status: 200, body: Array("<html>log in</html>".utf8))
        case .oldAnswer:
            let old = state.withLock {
                $0.gaveOldAnswer = true
                return $0.oldAnswers.randomElement(using: &$0.random)
            }
            return old ?? keep(hub(request))
        case nil: return keep(hub(request))
        }
    }

    private func keep(_ answer: WireAnswer) -> WireAnswer {
        state.withLock { $0.oldAnswers.append(answer) }
        return answer
    }
}
