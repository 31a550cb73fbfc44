public import SyncProtocol
import SyncStore

extension Replica {
    /// A sync over the network went through: the next bundle has nothing to ask first.
    public func forgetBundleNeed() throws {
        if try bundleNeed() != .nothing { try note(need: .nothing) }
    }

    /// Keeps why syncing stopped, for `status`; nil once a sync went through.
    public func note(halt: SyncSession.Halt?) throws {
        let present = try file.read { try MetaTable($0).text(ReplicaKey.halt) }
        guard present != halt?.rawValue else { return }
        try file.write {
            try MetaTable($0).set(ReplicaKey.halt, (halt?.rawValue).map { .text($0) })
        }
    }
}
