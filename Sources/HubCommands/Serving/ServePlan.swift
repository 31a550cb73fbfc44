import CommandKit
import HubConfiguration
import Logging
import SyncCore
import SyncHub

/// Where a hub will answer, checked and with its certificates read.
struct ServePlan {
    let address: ListenAddress
    let certificate: ServedCertificate?
    let former: ListenAddress?
    let formerCertificate: ServedCertificate?

    /// - Throws: `CommandFailure` (usage), or what `ServedCertificate` throws.
    init(_ settings: HubSettings) throws {
        guard let address = settings.address(.listen) else {
            preconditionFailure("listen has a default")
        }
        self.address = address
        certificate = try Self.certificate(settings, .certificate, .certificateKey)
        try Self.check(address, certificate, settings)
        former = settings.address(.formerListen)
        formerCertificate = try Self.certificate(
            settings, .formerCertificate, .formerCertificateKey)
        if let former { try Self.check(former, formerCertificate, settings) }
        guard former != nil || formerCertificate == nil else {
            let words = Messages.hubConfiguration
            throw CommandFailure(
                "former_listen", words.formerAlone.text(), mend: words.formerAloneMend.text(),
                status: .usage)
        }
    }

    var scheme: String { certificate == nil ? "http" : "https" }

    /// - Parameter port: that the system chose, where it was left to it.
    func url(port: Int) -> String { "\(scheme)://\(address.urlHost):\(port)" }

    /// Whether nobody can listen in: with TLS, or on this machine alone.
    var isPrivate: Bool { certificate != nil || address.isLoopback }

    func options(_ limits: ServingLimits) -> HubServerOptions {
        HubServerOptions(
            HubListener(host: address.host, port: address.port, certificate: certificate),
            former: former.map {
                HubListener(host: $0.host, port: $0.port, certificate: formerCertificate)
            }, limits: limits)
    }

    private static func certificate(
        _ settings: HubSettings, _ path: ConfigurationKey, _ keyPath: ConfigurationKey
    ) throws -> ServedCertificate? {
        switch (settings.text(path), settings.text(keyPath)) {
        case (nil, nil): return nil
        case (let path?, let keyPath?): return try ServedCertificate(path: path, keyPath: keyPath)
        default:
            let words = Messages.hub
            throw CommandFailure(
                "tls_pair",
                words.tlsPair.text(["certificate": path.name, "key": keyPath.name]),
                mend: words.tlsPairMend.text(), status: .usage)
        }
    }

    private static func check(
        _ address: ListenAddress, _ certificate: ServedCertificate?, _ settings: HubSettings
    ) throws {
        guard
            certificate != nil || address.isLoopback || settings.flag(.insecureHTTP)
        else {
            let words = Messages.hub
            throw CommandFailure(
                "insecure", words.insecure.text(["host": address.host]),
                mend: words.insecureMend.text(), status: .usage)
        }
    }
}
