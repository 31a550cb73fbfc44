import CommandKit
import HubConfiguration
import Hummingbird
import Logging
import NIOCore
import SyncHub
import Synchronization
import UnixSignals

/// A hub that serves until it is stopped: what a folder's hub and a database's have in common.
struct HubProcess: Sendable {
    let settings: HubSettings
    let plan: ServePlan
    let logger: Logger
    let limits: ServingLimits
    let outcome = ReloadOutcome()
    private let threshold = LogThreshold()
    private let read: @Sendable () throws -> HubSettings

    /// - Parameter read: the settings, now and at each SIGHUP.
    /// - Throws: what `read` and `ServePlan` throw.
    init(_ read: @escaping @Sendable () throws -> HubSettings) throws {
        settings = try read()
        plan = try ServePlan(settings)
        self.read = read
        limits = ServingLimits(watchers: settings.count(.watchers))
        limits.setQuota(
            changes: settings.count(.quotaChanges), bytes: settings.count(.quotaBytes))
        threshold.set(settings.text(.logLevel))
        let threshold = threshold
        logger = Logger(label: "sync-hub") { _ in JSONLogHandler(threshold: threshold) }
    }

    var options: HubServerOptions { plan.options(limits) }

    /// Figures of the process, for `/metrics`.
    @Sendable func gauges() -> [HubGauge] {
        var gauges = [
            HubGauge(
                "fieldsync_config_last_reload_successful",
                "Whether the configuration that was read last could be used.",
                outcome.isGood ? 1 : 0)
        ]
        if let certificate = plan.certificate {
            gauges.append(
                HubGauge(
                    "fieldsync_certificate_expiry_timestamp_seconds",
                    "When the certificate ends.", Double(certificate.facts.expires)))
        }
        return gauges
    }

    /// Runs the application, and reloads the configuration at each SIGHUP.
    ///
    /// - Parameter onCertificate: is told of a certificate that was renewed.
    /// - Throws: `CommandFailure` for an address that is taken.
    func run(
        _ application: some ApplicationProtocol,
        onCertificate: @escaping @Sendable (ServedCertificate.Facts) -> Void
    ) async throws {
        // The terminal that a person started the hub on has gone: then it stops, as ever.
        let isOnTerminal = StandardInputKind.isTerminal
        let reloading = isOnTerminal ? nil : await reloading(onCertificate)
        defer { reloading?.cancel() }
        do {
            try await application.runService(
                gracefulShutdownSignals: [.sigterm, .sigint] + (isOnTerminal ? [.sighup] : []))
        } catch let error as IOError {
            let addresses = [ConfigurationKey.listen, .formerListen].compactMap {
                settings.text($0)
            }
            throw HubFailures.portTaken(addresses.joined(separator: ", "), cause: error)
        }
        Console.current.say(Messages.hub.stopped.text())
    }

    private func reloading(
        _ onCertificate: @escaping @Sendable (ServedCertificate.Facts) -> Void
    ) async -> Task<Void, Never> {
        // Before anybody is told that the hub serves: a signal that nobody waits for ends it.
        let signals = await UnixSignalsSequence(trapping: .sighup)
        let reloader = ConfigurationReloader(
            settings, plan: plan, limits: limits, threshold: threshold, outcome: outcome,
            logger: logger, read: read, onCertificate: onCertificate)
        return Task { await reloader.follow(signals) }
    }

    /// Says where the former address is.
    func announceFormer() {
        guard let former = settings.text(.formerListen) else { return }
        Console.current.say(
            Messages.hubConfiguration.servingFormer.text(["address": former]))
    }
}
