import Testing

@testable import HubConfiguration

/// Which word holds, where several are said.
@Suite struct HubSettingsTests {
    private func file(_ text: String) throws -> ConfigurationFile {
        try ConfigurationFile(Array(text.utf8), path: "hub.yaml")
    }

    @Test func settings_heavierWord_holds() throws {
        let file = try file("listen: 127.0.0.1:3\nkeep: 3d\nwatchers: 3\n")
        let variables = ["FIELDSYNC_LISTEN": "127.0.0.1:2", "FIELDSYNC_KEEP": "2d"]
        let settings = try HubSettings(
            options: [.listen: ["127.0.0.1:1"]], environment: { variables[$0] }, file: file)
        #expect(settings.values[.listen] == .init(["127.0.0.1:1"], .option("--listen")))
        #expect(settings.values[.keep] == .init(["2d"], .environment("FIELDSYNC_KEEP")))
        #expect(settings.values[.watchers] == .init(["3"], .file(path: "hub.yaml", line: 3)))
        #expect(settings.values[.logLevel] == .init(["info"], .standard))
        #expect(settings.values[.space] == nil)
    }

    @Test func settings_emptyVariable_saysNothing() throws {
        let settings = try HubSettings(environment: { _ in "" })
        #expect(settings.text(.listen) == "127.0.0.1:8600")
    }

    @Test func settings_listVariable_isSplitAtSpaces() throws {
        let settings = try HubSettings(
            environment: { $0 == "FIELDSYNC_DATABASE" ? "postgresql://a/  postgresql://b/" : nil })
        #expect(settings.texts(.database) == ["postgresql://a/", "postgresql://b/"])
    }

    @Test func settings_badValue_namesItsSource() {
        #expect(
            throws: ConfigurationFault.value(
                .watchers, .notCount(0...60_000), .environment("FIELDSYNC_WATCHERS"))
        ) {
            try HubSettings(environment: { $0 == "FIELDSYNC_WATCHERS" ? "x" : nil })
        }
        #expect(
            throws: ConfigurationFault.value(.database, .password, .option("--database"))
        ) { try HubSettings(options: [.database: ["postgresql://u:p@h/d"]]) }
    }

    @Test func settings_credential_standsInForAFile() throws {
        let credential: (String) -> String? = {
            $0 == "fieldsync-master-key" ? "/run/credentials/x" : nil
        }
        let settings = try HubSettings(credential: credential)
        #expect(
            settings.values[.masterKeyFile]
                == .init(["/run/credentials/x"], .credential("fieldsync-master-key")))
        let named = try HubSettings(
            options: [.masterKeyFile: ["own"]], credential: credential)
        #expect(named.text(.masterKeyFile) == "own")
    }

    /// One half of a pair that only lies there as a credential asks for no TLS.
    @Test func settings_halfACertificate_asCredential_isLeftOut() throws {
        let settings = try HubSettings(
            credential: { $0 == "fieldsync-tls-key" ? "/run/key" : nil })
        #expect(settings.values[.certificateKey] == nil)
        let both = try HubSettings(
            options: [.certificate: ["c.pem"]],
            credential: { $0 == "fieldsync-tls-key" ? "/run/key" : nil })
        #expect(both.text(.certificateKey) == "/run/key")
    }

    @Test func settings_folderAndDatabase_heavierPlaceHolds() throws {
        let inDatabase = try file("database: postgresql://a/\nspace: s\nread-from: postgresql://b/")
        let folder = try HubSettings(options: [.data: ["hub"]], file: inDatabase)
        #expect(folder.text(.data) == "hub")
        for key: ConfigurationKey in [.database, .space, .standbys] {
            #expect(folder.values[key] == nil)
        }
        let database = try HubSettings(
            options: [.database: ["postgresql://c/"]], file: try file("data: hub"))
        #expect(database.values[.data] == nil)
        let both = try HubSettings(file: try file("data: hub\ndatabase: postgresql://a/"))
        #expect(both.text(.data) == "hub" && both.text(.database) == "postgresql://a/")
    }

    @Test func key_names_areOneWordEverywhere() {
        #expect(ConfigurationKey.formerCertificate.option == "--former-tls-cert")
        #expect(ConfigurationKey.formerCertificate.variable == "FIELDSYNC_FORMER_TLS_CERT")
        #expect(ConfigurationKey.keep.variable == "FIELDSYNC_KEEP")
    }

    @Test func key_defaults_areValid() {
        for key in ConfigurationKey.allCases {
            if let standard = key.standard { #expect(key.kind.fault(in: standard) == nil) }
        }
    }
}

/// What is taken while the hub serves.
@Suite struct SettingsChangeTests {
    private func settings(_ options: [ConfigurationKey: [String]]) throws -> HubSettings {
        try HubSettings(options: options)
    }

    @Test func change_whatCanBeTaken_isTaken_theRestWaits() throws {
        let change = SettingsChange(
            from: try settings([.listen: ["127.0.0.1:1"], .data: ["a"]]),
            to: try settings([
                .listen: ["127.0.0.1:2"], .data: ["a"], .logLevel: ["debug"], .watchers: ["1"],
                .keep: ["7d"],
            ]))
        #expect(change.taken == [.logLevel, .watchers])
        #expect(change.needingRestart == [.listen])
    }

    @Test func change_certificate_isTaken_butTLSComesWithARestart() throws {
        let plain = try settings([:])
        let tls = try settings([.certificate: ["a"], .certificateKey: ["k"]])
        let other = try settings([.certificate: ["b"], .certificateKey: ["k"]])
        #expect(SettingsChange(from: tls, to: other).taken == [.certificate])
        #expect(SettingsChange(from: plain, to: tls).taken.isEmpty)
        #expect(
            SettingsChange(from: plain, to: tls).needingRestart == [.certificate, .certificateKey])
        #expect(
            SettingsChange(from: tls, to: plain).needingRestart == [.certificate, .certificateKey])
    }

    @Test func change_taken_isNotTakenAgain() throws {
        let old = try settings([.listen: ["127.0.0.1:1"]])
        let new = try settings([.listen: ["127.0.0.1:2"], .logLevel: ["debug"]])
        let change = SettingsChange(from: old, to: new)
        let now = old.taking(change.taken, from: new)
        #expect(SettingsChange(from: now, to: new).taken.isEmpty)
        #expect(SettingsChange(from: now, to: new).needingRestart == [.listen])
    }
}
