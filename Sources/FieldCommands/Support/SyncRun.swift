import CommandKit
import SyncClient
import SyncProtocol
import SyncReplica

/// One sync of a replica with its hub over HTTP.
struct SyncRun {
    let replica: Replica

    /// - Throws: what `SyncDriver.sync` throws.
    func run() async throws -> SyncReport {
        let progress = SyncProgress()
        defer { progress.clear() }
        // Whoever waits for a hub that does not answer sees that something is tried.
        progress.show(.pulling(records: 0))
        return try await SyncDriver.sync(
            replica, program: "sync-field/\(ProgramVersion.current)"
        ) {
            progress.show($0)
        }
    }
}

/// The progress of a sync on the terminal.
final class SyncProgress: Sendable {
    private let pulling = ProgressBar(label: Messages.fieldSync.progressPulling.text())
    private let pushing = ProgressBar(label: Messages.fieldSync.progressPushing.text())

    func show(_ progress: SyncDriver.Progress) {
        switch progress {
        case .pulling(let records): pulling.update(done: records, total: nil, now: .now)
        case .pushing(let done, let total): pushing.update(done: done, total: total, now: .now)
        }
    }

    func clear() {
        pulling.clear()
        pushing.clear()
    }
}
