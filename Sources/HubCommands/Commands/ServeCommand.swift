import ArgumentParser
import CommandKit
import HubConfiguration
import HubDesk
import Hummingbird
import Logging
import PostgresStore
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import Synchronization

/// `sync-hub serve`: until it is stopped.
struct ServeCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "serve", abstract: Messages.hub.serveAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var serving: ServeOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        InterruptSignal.restoreDefault()
        let configuration = data.configuration
        let options = data.options.merging(serving.options) { $1 }
        let file = configuration.file
        let process = try HubProcess {
            try ConfigurationOption(file).settings(options)
        }
        if data.database.isNamed, data.folderPath == nil, data.space == nil {
            return try await serveSpaces(process)
        }
        try await serveOne(process)
    }

    private func serveOne(_ process: HubProcess) async throws {
        // A hub that serves does not move meanwhile.
        let lock = try data.folderPath.map { try HubFolder($0).lockIfThere() }
        defer { withExtendedLifetime(lock) {} }
        let store = try data.open()
        let facts = try store.facts()
        let isJSON = globals.isJSON
        let (plan, logger) = (process.plan, process.logger)
        let healing = HealingStatus(
            epochs: try store.epochs(), claims: try store.claims(), split: facts.split)
        for line in healing.warnings(place: data.place) { logger.warning("\(line)") }
        let gauges = HubGauges(store: store, folder: data.folderPath)
        let served = ServedAddress(logger) { try store.noteServed(url: $0, tls: $1) }
        let onServing: @Sendable (Int) async -> Void = { port in
            let url = plan.url(port: port)
            served.note(url, plan.certificate?.facts.pin)
            Self.announce(facts, url, isJSON: isJSON)
            process.announceFormer()
        }
        let application = buildHubApplication(
            service: HubService(store: store, environment: .system), store: store,
            options: process.options, logger: logger, page: try page(store, plan, logger),
            gauges: { try process.gauges() + gauges.all() }, onServing: onServing)
        try await process.run(application) { served.renew($0.pin) }
        try store.close()
    }

    /// The operator's page, where nobody can listen in.
    private func page(
        _ store: SQLHubStore, _ plan: ServePlan, _ logger: Logger
    ) throws -> DeskResponder? {
        guard let path = data.folderPath, plan.isPrivate else { return nil }
        return try DeskResponder(
            store: store, service: HubService(store: store, environment: .system),
            folder: HubFolder(path).path, environment: .system, isTLS: plan.certificate != nil,
            keeper: HubDeskKeeper(path: path, place: data.place, store: store), logger: logger)
    }

    /// Every space of a database, under `/s/NAME`.
    private func serveSpaces(_ process: HubProcess) async throws {
        #if PostgreSQL
            let spaces = try data.database.directory(standbys: process.settings.texts(.standbys))
            // A database that is away now may come back: it serves then.
            let count = try? spaces.list().count { $0.retiredAt == nil }
            let isJSON = globals.isJSON
            let (plan, logger) = (process.plan, process.logger)
            let gauges: @Sendable (any HubStore) -> GaugeReader = { store in
                let own = (store as? SQLHubStore).map { HubGauges(store: $0, folder: nil) }
                return { try process.gauges() + (own?.all() ?? []) }
            }
            let served = ServedAddress(logger) { try spaces.noteServed(at: $0, tls: $1) }
            let application = buildSpacesApplication(
                directory: spaces, options: process.options, logger: logger, gauges: gauges
            ) { port in
                let url = plan.url(port: port)
                served.note(url, plan.certificate?.facts.pin)
                let console = Console.current
                if isJSON {
                    console.print(["url": .string(url), "spaces": JSONOutput(count)])
                } else if let count {
                    console.print(Messages.hubSpaces.serving.text(["n": count, "url": url]))
                } else {
                    console.warn(Messages.hubSpaces.servingAway.text(["url": url]))
                }
                process.announceFormer()
            }
            try await process.run(application) { served.renew($0.pin) }
        #else
            throw DatabasePlace.notBuilt
        #endif
    }

    private static func announce(_ facts: HubFacts, _ url: String, isJSON: Bool) {
        let console = Console.current
        if isJSON {
            console.print(["url": .string(url), "space": .string(facts.space.hex)])
        } else {
            console.print(Messages.hub.serving.text(["space": facts.name, "url": url]))
        }
    }
}

/// Where the hub is served, for those who make invites: noted in the store, and again when the
/// certificate is another.
private final class ServedAddress: Sendable {
    private let url = Mutex<String?>(nil)
    private let logger: Logger
    private let write: @Sendable (String, Hash256?) throws -> Void

    init(_ logger: Logger, write: @escaping @Sendable (String, Hash256?) throws -> Void) {
        self.logger = logger
        self.write = write
    }

    func note(_ url: String, _ pin: Hash256?) {
        self.url.withLock { $0 = url }
        do { try write(url, pin) } catch {
            logger.error("address not noted", metadata: ["error": "\(error)"])
        }
    }

    func renew(_ pin: Hash256) {
        if let url = url.withLock({ $0 }) { note(url, pin) }
    }
}
