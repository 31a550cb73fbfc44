import Synchronization

/// Whether the configuration that was read last could be used.
final class ReloadOutcome: Sendable {
    private let good = Atomic<Bool>(true)

    func note(isGood: Bool) { good.store(isGood, ordering: .relaxed) }

    var isGood: Bool { good.load(ordering: .relaxed) }
}
