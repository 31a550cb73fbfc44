import ArgumentParser
import CommandKit
import HubConfiguration

/// How a hub is served, as far as it is typed.
struct ServeOptions: ParsableArguments {
    @Option(help: ArgumentHelp(Messages.hub.listenHelp.text(), valueName: "address:port"))
    var listen: String?
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
    @Option(
        name: .customLong("former-listen"),
        help: ArgumentHelp(
            Messages.hubConfiguration.formerListenHelp.text(), valueName: "address:port"))
    var formerListen: String?
    @Option(
        name: .customLong("former-tls-cert"),
        help: ArgumentHelp(
            Messages.hubConfiguration.formerCertificateHelp.text(), valueName: "file"))
    var formerCertificate: String?
    @Option(
        name: .customLong("former-tls-key"),
        help: ArgumentHelp(Messages.hubConfiguration.formerKeyHelp.text(), valueName: "file"))
    var formerCertificateKey: String?
    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(Messages.hubConfiguration.logLevelHelp.text(), valueName: "level"))
    var logLevel: String?
    @Option(help: ArgumentHelp(Messages.hubConfiguration.watchersHelp.text(), valueName: "count"))
    var watchers: String?
    @Option(
        name: .customLong("quota-changes"),
        help: ArgumentHelp(Messages.hubMoving.quotaChangesHelp.text(), valueName: "count"))
    var quotaChanges: String?
    @Option(
        name: .customLong("quota-bytes"),
        help: ArgumentHelp(Messages.hubMoving.quotaBytesHelp.text(), valueName: "bytes"))
    var quotaBytes: String?

    /// What was typed.
    var options: [ConfigurationKey: [String]] {
        func one(_ text: String?) -> [String] { text.map { [$0] } ?? [] }
        return [
            .listen: one(listen), .certificate: one(certificate),
            .certificateKey: one(certificateKey),
            .insecureHTTP: allowsInsecureHTTP ? ["true"] : [], .standbys: standbys,
            .formerListen: one(formerListen), .formerCertificate: one(formerCertificate),
            .formerCertificateKey: one(formerCertificateKey), .logLevel: one(logLevel),
            .watchers: one(watchers), .quotaChanges: one(quotaChanges),
            .quotaBytes: one(quotaBytes),
        ]
    }
}
