import ArgumentParser
import CommandKit
import HubDesk
import HubKeeping
import Hummingbird
import Logging
import NIOCore
import NIOSSL
import PostgresStore
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import UnixSignals

/// `sync-hub serve`: until it is stopped.
struct ServeCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "serve", abstract: Messages.hub.serveAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Option(help: ArgumentHelp(Messages.hub.listenHelp.text(), valueName: "address:port"))
    var listen: String = "127.0.0.1:8600"
    @Option(
        name: .customLong("tls-cert"),
        help: ArgumentHelp(Messages.hub.certificateHelp.text(), valueName: "file"))
    var certificate: String?
    @Option(
        name: .customLong("tls-key"),
        help: ArgumentHelp(Messages.hub.keyHelp.text(), valueName: "file"))
    var certificateKey: String?
    @Flag(
        name: .customLong("insecure-http"),
        help: ArgumentHelp(Messages.hub.insecureHelp.text()))
    var allowsInsecureHTTP = false
    @Option(
        name: .customLong("read-from"), parsing: .singleValue,
        help: ArgumentHelp(Messages.hubSpaces.readFromHelp.text(), valueName: "url"))
    var standbys: [String] = []
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        InterruptSignal.restoreDefault()
        let address = try ListenAddress(listen)
        try checkTLS(address)
        if data.database.isNamed, data.folderPath == nil, data.space == nil {
            return try await serveSpaces(address)
        }
        // A hub that serves does not move meanwhile.
        let lock = try data.folderPath.map { try HubFolder($0).lockIfThere() }
        defer { withExtendedLifetime(lock) {} }
        let (store, key) = try data.openWithKey()
        let facts = try store.facts()
        let pin = try certificate.map { try Self.pin($0) }
        let scheme = pin == nil ? "http" : "https"
        let isJSON = globals.isJSON
        let logger = Logger(label: "sync-hub") { JSONLogHandler(label: $0) }
        let healing = HealingStatus(
            epochs: try store.epochs(), claims: try store.claims(), split: facts.split)
        for line in healing.warnings(place: data.place) { logger.warning("\(line)") }
        let application = try buildHubApplication(
            service: HubService(store: store, key: key, environment: .system), store: store,
            options: HubServerOptions(
                host: address.host, port: address.port, certificatePath: certificate,
                privateKeyPath: certificateKey),
            logger: logger, page: try page(store, key, address, logger),
            gauges: HubGauges(store: store, folder: data.folderPath).all
        ) { port in
            let url = "\(scheme)://\(address.urlHost):\(port)"
            do { try store.noteServed(url: url, tls: pin) } catch {
                logger.error("address not noted", metadata: ["error": "\(error)"])
            }
            Self.announce(facts, url, isJSON: isJSON)
        }
        do {
            try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        } catch let error as IOError {
            throw HubFailures.portTaken(listen, cause: error)
        }
        try store.close()
        Console.current.say(Messages.hub.stopped.text())
    }

    /// The operator's page, where nobody can listen in: with TLS, or on this machine alone.
    private func page(
        _ store: SQLHubStore, _ key: SigningKey, _ address: ListenAddress, _ logger: Logger
    ) throws -> DeskResponder? {
        guard let path = data.folderPath, certificate != nil || address.isLoopback else {
            return nil
        }
        return try DeskResponder(
            store: store, service: HubService(store: store, key: key, environment: .system),
            folder: HubFolder(path).path, environment: .system, isTLS: certificate != nil,
            keeper: HubDeskKeeper(path: path, place: data.place, store: store, key: key),
            logger: logger)
    }

    /// Every space of a database, under `/s/NAME`.
    private func serveSpaces(_ address: ListenAddress) async throws {
        #if PostgreSQL
            let spaces = try data.database.directory(standbys: standbys)
            // A database that is away now may come back: it serves then.
            let count = try? spaces.list().count { $0.retiredAt == nil }
            let scheme = certificate == nil ? "http" : "https"
            let pin = try certificate.map { try Self.pin($0) }
            let isJSON = globals.isJSON
            let logger = Logger(label: "sync-hub") { JSONLogHandler(label: $0) }
            let gauges: @Sendable (any HubStore) throws -> [HubGauge] = { store in
                try (store as? SQLHubStore).map { try HubGauges(store: $0, folder: nil).all() }
                    ?? []
            }
            let application = try buildSpacesApplication(
                directory: spaces,
                options: HubServerOptions(
                    host: address.host, port: address.port, certificatePath: certificate,
                    privateKeyPath: certificateKey),
                logger: logger,
                gauges: gauges
            ) { port in
                let url = "\(scheme)://\(address.urlHost):\(port)"
                do { try spaces.noteServed(at: url, tls: pin) } catch {
                    logger.error("address not noted", metadata: ["error": "\(error)"])
                }
                let console = Console.current
                if isJSON {
                    console.print(["url": .string(url), "spaces": JSONOutput(count)])
                } else if let count {
                    console.print(Messages.hubSpaces.serving.text(["n": count, "url": url]))
                } else {
                    console.warn(Messages.hubSpaces.servingAway.text(["url": url]))
                }
            }
            do {
                try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
            } catch let error as IOError {
                throw HubFailures.portTaken(listen, cause: error)
            }
            Console.current.say(Messages.hub.stopped.text())
        #else
            throw DatabaseOptions.notBuilt
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

    private func checkTLS(_ address: ListenAddress) throws {
        let words = Messages.hub
        guard (certificate == nil) == (certificateKey == nil) else {
            throw CommandFailure(
                "tls_pair", words.tlsPair.text(), mend: words.tlsPairMend.text(), status: .usage)
        }
        guard certificate != nil || address.isLoopback || allowsInsecureHTTP else {
            throw CommandFailure(
                "insecure", words.insecure.text(["host": address.host]),
                mend: words.insecureMend.text(), status: .usage)
        }
    }

    /// SHA-256 of the certificate's SubjectPublicKeyInfo.
    private static func pin(_ path: String) throws -> Hash256 {
        guard let leaf = try NIOSSLCertificate.fromPEMFile(path).first else {
            throw NIOSSLError.failedToLoadCertificate
        }
        return .sha256(try leaf.extractPublicKey().toSPKIBytes())
    }
}
