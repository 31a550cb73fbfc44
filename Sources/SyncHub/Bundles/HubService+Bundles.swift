import SyncCore
import SyncProtocol
public import SyncStore

extension HubService {
    /// Takes what devices wrote from bundles and writes one answer for all of them.
    ///
    /// Each item goes through the same checks as its call; the one that fails is refused alone.
    /// Safe to repeat, also beside a running server: one item is one transaction.
    ///
    /// - Parameter answerPath: where the answer goes. An answer of this hub there is replaced.
    /// - Throws: `BundleIntakeFault`, `WireError` (hub not ready, another space), `StoreError`,
    ///   `BundleFileFault`.
    public func take(
        _ bundles: [BundleFile], answerPath: String
    ) throws -> BundleIntakeReport {
        if let problem = try unreadiness() { throw problem }
        let facts = try store.facts()
        for bundle in bundles where bundle.header.space != facts.space { throw WireError.space }
        try checkAnswer(answerPath, of: facts.hub.hub, beside: bundles)
        let header = BundleHeader(
            by: facts.hub.hub, madeAt: environment.nowMilliseconds(), space: facts.space)
        var intake = BundleIntake(
            service: self, space: facts.space, position: facts.position,
            writer: try BundleFileWriter(path: answerPath, header: header))
        return try intake.run(bundles)
    }

    private func checkAnswer(
        _ path: String, of hub: DeviceID, beside bundles: [BundleFile]
    ) throws {
        guard FilePresence.exists(path) else { return }
        let present = try? BundleFile(path: path)
        guard let present, present.header.by == hub,
            !bundles.contains(where: { $0.path == path })
        else { throw BundleIntakeFault.answerExists(path: path) }
    }

    /// The device that an item of a bundle says it is of.
    func enrolled(_ id: DeviceID) throws -> EnrolledDevice {
        guard let device = try store.device(id) else { throw WireError.deviceUnknown(id) }
        guard !device.isRevoked else { throw WireError.revoked(id) }
        return device
    }
}
