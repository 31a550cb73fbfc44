import SyncCore
import SyncProtocol
public import SyncStore

// The log as other transparency logs serve theirs: Protocol/README.md §15.

extension HubService {
    /// Whether a path is of the log's files.
    static func isOfLog(_ path: String) -> Bool {
        path == "/checkpoint" || path.hasPrefix("/tile/")
    }

    /// The content of one of the log's files.
    ///
    /// - Parameter admit: is told who asks, before anything is read.
    /// - Throws: `WireError`.
    public func logFile(
        _ path: String, token: String?, admit: (EnrolledDevice) throws -> Void = { _ in }
    ) throws -> (content: [UInt8], isText: Bool) {
        let device = try authenticate(token)
        try admit(device)
        if path == "/checkpoint" {
            let note = CheckpointNote(try store.newestHead().head)
            return (Array(note.signed(by: store.signingKey).utf8), true)
        }
        guard let tile = TilePath(path) else { throw WireError.noCall(path: path) }
        guard tile.level != nil || device.role == Role.auditor.rawValue else {
            throw WireError.auditorsOnly(role: device.role)
        }
        guard let bytes = try store.tile(tile) else { throw WireError.noCall(path: path) }
        return (bytes, false)
    }
}
