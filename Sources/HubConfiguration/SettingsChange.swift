/// What a hub that serves makes of its configuration, read again.
public struct SettingsChange: Sendable, Equatable {
    /// Set otherwise than before, and taken while the hub serves.
    public let taken: [ConfigurationKey]
    /// Set otherwise than the hub was started with: taken at the next start.
    public let needingRestart: [ConfigurationKey]

    /// - Parameters:
    ///   - old: what holds now.
    ///   - new: what was read.
    public init(from old: HubSettings, to new: HubSettings) {
        let changed = ConfigurationKey.allCases.filter { old.texts($0) != new.texts($0) }
        // Where there was no TLS there is none until the next start, and the other way round.
        func isPossible(_ key: ConfigurationKey) -> Bool {
            switch key {
            case .certificate, .certificateKey, .formerCertificate, .formerCertificateKey:
                old.text(key) != nil && new.text(key) != nil
            default: key.change == .reload
            }
        }
        taken = changed.filter { isPossible($0) }
        needingRestart = changed.filter { $0.change != .command && !isPossible($0) }
    }
}
