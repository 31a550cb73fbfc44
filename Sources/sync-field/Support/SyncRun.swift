import CommandKit
import SyncClient
import SyncProtocol
import SyncReplica

/// One sync of a replica with its hub over HTTP.
struct SyncRun {
    let replica: Replica

    /// - Throws: `ReplicaFault.notJoined` and what `SyncDriver.run` throws.
    func run() async throws -> SyncReport {
        guard try replica.membership() != nil else { throw ReplicaFault.notJoined }
        guard replica.hasKey else {
            throw ReplicaFault.keyMissing(path: KeyFile.path(forReplica: replica.path))
        }
        // A new key that was made for a lost one waits for its invite.
        guard replica.token != nil else { throw ReplicaFault.notJoined }
        let transport = try await HubConnection.open(replica)
        do {
            // A join that was asked for without a network, and that no answer came to.
            if let invite = replica.askedInvite {
                try await HubEnrolment.join(replica, invite: invite, transport: transport)
            }
            let report = try await run(over: transport)
            await transport.close()
            return report
        } catch {
            await transport.close()
            throw error
        }
    }

    private func run(over transport: HTTPTransport) async throws -> SyncReport {
        let progress = SyncProgress()
        defer { progress.clear() }
        // Whoever waits for a hub that does not answer sees that something is tried.
        progress.show(.pulling(records: 0))
        let driver = try SyncDriver(
            replica: replica, transport: transport,
            program: "sync-field/\(ProgramVersion.current)"
        ) {
            progress.show($0)
        }
        return try await driver.run()
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
