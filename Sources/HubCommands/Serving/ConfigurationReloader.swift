// SIGHUP: the configuration is read again.
//
// What can be changed while the hub serves is changed; what cannot is named. Everything is read and
// checked before anything is changed, so that a bad file or certificate leaves all as it was.

import CommandKit
import HubConfiguration
import Logging
import SyncHub
import Synchronization
import UnixSignals

/// Takes a changed configuration into a hub that serves.
actor ConfigurationReloader {
    private let plan: ServePlan
    private let limits: ServingLimits
    private let threshold: LogThreshold
    private let logger: Logger
    private let read: @Sendable () throws -> HubSettings
    private let outcome: ReloadOutcome
    /// Is told of the certificate that is served now.
    private let onCertificate: @Sendable (ServedCertificate.Facts) -> Void
    private var settings: HubSettings

    /// - Parameters:
    ///   - settings: those that the hub was started with.
    ///   - read: all of it anew, as at the start.
    init(
        _ settings: HubSettings, plan: ServePlan, limits: ServingLimits, threshold: LogThreshold,
        outcome: ReloadOutcome, logger: Logger,
        read: @escaping @Sendable () throws -> HubSettings,
        onCertificate: @escaping @Sendable (ServedCertificate.Facts) -> Void
    ) {
        self.settings = settings
        self.plan = plan
        self.limits = limits
        self.threshold = threshold
        self.outcome = outcome
        self.logger = logger
        self.read = read
        self.onCertificate = onCertificate
    }

    /// Reloads at each SIGHUP, until the task is cancelled.
    func follow(_ signals: UnixSignalsSequence) async {
        for await _ in signals { reload() }
    }

    private func reload() {
        do {
            let next = try read()
            let change = SettingsChange(from: settings, to: next)
            // What the next start would refuse is refused now; both certificates are read by it.
            let certificates = take(try ServePlan(next))
            threshold.set(next.text(.logLevel))
            limits.watchers.store(next.count(.watchers), ordering: .relaxed)
            limits.setQuota(changes: next.count(.quotaChanges), bytes: next.count(.quotaBytes))
            settings = settings.taking(change.taken, from: next)
            outcome.note(isGood: true)
            logger.notice(
                "configuration reloaded",
                metadata: [
                    "taken": "\(Self.names(change.taken))",
                    "certificates": "\(certificates.joined(separator: " "))",
                    "needs_restart": "\(Self.names(change.needingRestart))",
                ])
        } catch {
            outcome.note(isGood: false)
            let failure = error as? CommandFailure ?? HubFailures.words(for: error)
            logger.error(
                "configuration not reloaded: the hub goes on as it was",
                metadata: [
                    "error": "\(failure?.message ?? String(describing: error))",
                    "mend": "\(failure?.mend ?? "")",
                ])
        }
    }

    private static func names(_ keys: [ConfigurationKey]) -> String {
        keys.map(\.name).joined(separator: " ")
    }

    /// - Returns: the keys of those that were read anew.
    private func take(_ next: ServePlan) -> [String] {
        let pairs: [(ConfigurationKey, ServedCertificate?, ServedCertificate?)] = [
            (.certificate, plan.certificate, next.certificate),
            (.formerCertificate, plan.formerCertificate, next.formerCertificate),
        ]
        return pairs.compactMap { key, served, read in
            guard let served, let read else { return nil }
            let (old, new) = served.take(read)
            if old.pin != new.pin {
                logger.warning(
                    """
                    the certificate has another key: devices whose invites pinned the old one \
                    refuse it
                    """,
                    metadata: ["key": "\(key.name)", "mend": "renew it with the key it had"])
            }
            if old != new, key == .certificate { onCertificate(new) }
            return key.name
        }
    }
}
