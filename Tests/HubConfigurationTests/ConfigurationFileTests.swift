import Testing

@testable import HubConfiguration

/// What a configuration file may say, and where it says what it may not.
@Suite struct ConfigurationFileTests {
    private func file(_ text: String) throws -> ConfigurationFile {
        try ConfigurationFile(Array(text.utf8), path: "hub.yaml")
    }

    private func fault(_ text: String) -> ConfigurationFault? {
        do {
            _ = try file(text)
            return nil
        } catch { return error as? ConfigurationFault }
    }

    @Test func file_keysAndValues_keepTheirLines() throws {
        let file = try file(
            """
            # The hub.
            listen: 0.0.0.0:8600
            "tls-cert": /etc/fieldsync/tls.pem

            watchers: 12   # a few
            database:
              - postgresql://hub@/one
              - postgresql://hub@/two
            """)
        #expect(
            file.values == [
                .listen: .init(["0.0.0.0:8600"], .file(path: "hub.yaml", line: 2)),
                .certificate: .init(["/etc/fieldsync/tls.pem"], .file(path: "hub.yaml", line: 3)),
                .watchers: .init(["12"], .file(path: "hub.yaml", line: 5)),
                .database: .init(
                    ["postgresql://hub@/one", "postgresql://hub@/two"],
                    .file(path: "hub.yaml", line: 6)),
            ])
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "~"])
    func file_withoutKeys_setsNothing(text: String) throws {
        #expect(try file(text).values.isEmpty)
    }

    /// YAML's own guesses are not asked: each of these is the text that stands there.
    @Test(arguments: ["no", "0x10", "1e3", "12:30", "2026-11-30"])
    func file_text_staysText(word: String) throws {
        #expect(try file("space: \(word)").values[.space]?.texts == [word])
    }

    @Test func file_unknownKey_isNamedWithItsLine() {
        #expect(
            fault("listen: 127.0.0.1:1\n\ntls_cert: a\n")
                == .unknownKey("tls_cert", path: "hub.yaml", line: 3))
        // A secret of any name is no key.
        #expect(fault("password: x") == .unknownKey("password", path: "hub.yaml", line: 1))
        #expect(fault("1: x") == .unknownKey("1", path: "hub.yaml", line: 1))
    }

    @Test func file_keyTwice_isNamedWithTheSecondLine() {
        #expect(
            fault("keep: 7d\nlisten: 127.0.0.1:1\nkeep: 8d\n")
                == .twice(.keep, path: "hub.yaml", line: 3))
    }

    @Test(arguments: [
        ("watchers: many", ConfigurationKey.watchers, ConfigurationValueFault.notCount(0...60_000)),
        ("watchers: 60001", .watchers, .notCount(0...60_000)),
        ("watchers: -1", .watchers, .notCount(0...60_000)),
        ("watchers: 1.5", .watchers, .notCount(0...60_000)),
        ("watchers: [1]", .watchers, .notOneValue),
        ("listen: {host: a}", .listen, .notOneValue),
        ("listen: 8600", .listen, .notListenAddress),
        ("listen: ::1:8600", .listen, .notListenAddress),
        ("listen:", .listen, .empty),
        ("data: ~", .data, .empty),
        ("insecure-http: yes", .insecureHTTP, .notFlag),
        ("keep: 7d,7d", .keep, .notPlan),
        ("keep: 7", .keep, .notPlan),
        ("tls-key: \"-----BEGIN PRIVATE KEY-----\"", .certificateKey, .secret),
        ("tls-key: |\n  a\n  b\n", .certificateKey, .secret),
        ("master-key-file: \(String(repeating: "0a", count: 32))", .masterKeyFile, .secret),
        ("database: postgresql://hub:pw@host/db", .database, .password),
        ("database: postgresql://host/db?password=pw", .database, .password),
        ("database: []", .database, .notOneValue),
        ("database: [[a]]", .database, .notOneValue),
    ])
    func file_badValue_isNamed(
        text: String, key: ConfigurationKey, expected: ConfigurationValueFault
    ) {
        #expect(fault(text) == .value(key, expected, .file(path: "hub.yaml", line: 1)))
    }

    @Test func file_goodValues_areTaken() throws {
        let text = """
            log-level: warning
            insecure-http: true
            keep: 7d,4w,12m
            former-listen: "[::1]:8600"
            database: postgresql://hub@host:5432/db?passfile=/etc/pgpass
            """
        #expect(try file(text).values.count == 5)
        #expect(throws: ConfigurationFault.self) { try file("log-level: loud") }
    }

    @Test func file_noYAML_namesTheLine() {
        guard case .syntax("hub.yaml", 2, _) = fault("keep: 7d\n listen: a: b\n") else {
            Issue.record("\(String(describing: fault("keep: 7d\n listen: a: b\n")))")
            return
        }
        #expect(fault("- a\n") == .notKeys(path: "hub.yaml", line: 1))
        #expect(fault("just words") == .notKeys(path: "hub.yaml", line: 1))
    }

    @Test func file_noText_isRefused() {
        for bytes: [UInt8] in [[0xff, 0xfe], [UInt8](repeating: 0x23, count: 65_537)] {
            #expect(throws: ConfigurationFault.notText(path: "x")) {
                try ConfigurationFile(bytes, path: "x")
            }
        }
    }
}
