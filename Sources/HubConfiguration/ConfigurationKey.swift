/// What can be set for a hub, under one name everywhere: `tls-cert` in the file, `--tls-cert` as an
/// option, `FIELDSYNC_TLS_CERT` in the environment.
public enum ConfigurationKey: String, Sendable, CaseIterable {
    // Where the hub is.
    case data
    case database
    case space
    case masterKeyFile = "master-key-file"
    case standbys = "read-from"
    // How it is served.
    case listen
    case certificate = "tls-cert"
    case certificateKey = "tls-key"
    case insecureHTTP = "insecure-http"
    case formerListen = "former-listen"
    case formerCertificate = "former-tls-cert"
    case formerCertificateKey = "former-tls-key"
    case logLevel = "log-level"
    case watchers
    case quotaChanges = "quota-changes"
    case quotaBytes = "quota-bytes"
    // How it is backed up.
    case backupFolder = "into"
    case keep
    case passphraseFile = "passphrase-file"

    /// As it stands in the file, and in `--json`.
    public var name: String { rawValue }

    public var option: String { "--" + rawValue }

    public var variable: String {
        Self.variablePrefix + rawValue.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    public static let variablePrefix = "FIELDSYNC_"

    /// What its value must be.
    public var kind: ConfigurationValueKind {
        switch self {
        case .data, .backupFolder, .certificate, .formerCertificate: .path
        case .certificateKey, .formerCertificateKey, .masterKeyFile, .passphraseFile: .secretFile
        case .database, .standbys: .addresses
        case .space: .text
        case .listen, .formerListen: .listenAddress
        case .insecureHTTP: .flag
        case .logLevel: .oneOf(Self.logLevels)
        case .watchers: .count(Self.watcherCounts)
        case .quotaChanges, .quotaBytes: .count(Self.quotas)
        case .keep: .plan
        }
    }

    private static let logLevels = [
        "trace", "debug", "info", "notice", "warning", "error", "critical",
    ]

    /// None; as many as there are ports for at one address.
    private static let watcherCounts = 0...60_000

    /// None; more than any disk holds.
    private static let quotas = 0...(1 << 50)

    /// What holds where nothing is set; nil if nothing does.
    public var standard: String? {
        switch self {
        case .listen: "127.0.0.1:8600"
        case .insecureHTTP: "false"
        case .logLevel: "info"
        // A connection each, a few KiB; the unit allows 16,384 open files.
        case .watchers: "4000"
        // Many times what a neighbourhood makes in a night.
        case .quotaChanges: "2000000"
        case .quotaBytes: "2147483648"
        default: nil
        }
    }

    /// The credential of systemd that stands in for the file, where none is named.
    public var credential: String? {
        switch self {
        case .masterKeyFile: "fieldsync-master-key"
        case .certificate: "fieldsync-tls-cert"
        case .certificateKey: "fieldsync-tls-key"
        case .formerCertificate: "fieldsync-former-tls-cert"
        case .formerCertificateKey: "fieldsync-former-tls-key"
        case .passphraseFile: "fieldsync-passphrase"
        default: nil
        }
    }

    /// When a change of the file is taken by a hub that serves.
    public enum Change: String, Sendable {
        /// At SIGHUP.
        case reload
        case restart
        /// It is no matter of serving: the next command reads it.
        case command
    }

    public var change: Change {
        switch self {
        case .certificate, .certificateKey, .formerCertificate, .formerCertificateKey, .logLevel,
            .watchers, .quotaChanges, .quotaBytes:
            .reload
        case .backupFolder, .keep, .passphraseFile: .command
        default: .restart
        }
    }
}
