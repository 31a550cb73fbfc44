import TestSupport
import Testing

@testable import HubConfiguration

/// Damaged configuration files: read, or refused with a line; none ends the process.
@Suite struct ConfigurationFuzzTests {
    private static let files = [
        "# The hub.\nlisten: 0.0.0.0:8600\n\"tls-cert\": /etc/fieldsync/tls.pem\nwatchers: 12 # few\n",
        "database:\n  - postgresql://hub@/one\n  - postgresql://hub@/two\ninsecure-http: yes\n",
        "a: &x [1, {b: c}]\nd: *x\ne: |\n  text\n--- \n? key\n: value\n...\n",
        "{a: [b, c], d: !!int 3}",
    ].map { Array($0.utf8) }

    @Test func damagedFiles_areReadOrRefused() {
        Fuzzer(Self.files).run { _ = try ConfigurationFile($0, path: "hub.yaml") }
        Fuzzer(
            ["0.0.0.0:8600", "[::1]:8600", "hub.example.org:1", "unix:/run/hub"].map {
                Array($0.utf8)
            }
        ).run {
            _ = ListenAddress(String(decoding: $0, as: UTF8.self))
        }
    }
}
