public import SyncProtocol
import SyncStore

extension Replica {
    /// Keeps why syncing stopped, for `status`; nil once a sync went through.
    public func note(halt: SyncSession.Halt?) throws {
        let present = try file.read { try MetaTable($0).text(ReplicaKey.halt) }
        guard present != halt?.rawValue else { return }
        try file.write {
            try MetaTable($0).set(ReplicaKey.halt, (halt?.rawValue).map { .text($0) })
        }
    }
}
