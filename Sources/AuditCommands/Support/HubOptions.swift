import ArgumentParser
import CommandKit
import ReportGathering
import SyncAudit
import SyncClient
import SyncCore
import SyncProtocol

/// How to ask a hub by its address.
struct HubOptions: ParsableArguments {
    @Option(
        name: .customLong("hub-key"),
        help: ArgumentHelp(Messages.auditVerify.keyHelp.text(), valueName: "key"))
    var hubKey: String?

    @Option(
        name: .customLong("token-file"),
        help: ArgumentHelp(Messages.auditVerify.tokenHelp.text(), valueName: "file"))
    var tokenFile: String?

    @Option(
        name: .customLong("tls-pin"),
        help: ArgumentHelp(Messages.auditVerify.pinHelp.text(), valueName: "hash"))
    var tlsPin: String?

    private var words: AuditVerifyMessages { Messages.auditVerify }

    /// The hub's key as the auditor knows it.
    ///
    /// - Throws: `CommandFailure`.
    func key() throws -> PublicKey? {
        guard let hubKey else { return nil }
        guard let key = PublicKey(hex: hubKey) else {
            throw CommandFailure(
                "bad_hub_key", words.badKey.text(["key": hubKey]),
                mend: words.badKeyMend.text(), status: .usage)
        }
        return key
    }

    /// A connection to the hub at `url`, and what lets the auditor in. The caller closes it.
    ///
    /// - Throws: `CommandFailure`, `DiffFault`, `TransportFault`.
    func connection(to url: String) throws -> (HTTPTransport, HubAccess) {
        guard let tokenFile else { throw DiffFault(.tokenMissing, name: url) }
        guard let access = try HubAccess(file: tokenFile) else {
            throw CommandFailure(
                "token_missing", words.badToken.text(["path": tokenFile]),
                mend: words.badTokenMend.text(), status: .usage)
        }
        return (try HTTPTransport(url: url, pin: pin()), access)
    }

    /// Runs `body` with a connection to a hub.
    ///
    /// - Throws: `CommandFailure`, `DiffFault`, `StoreError`, `TransportFault`.
    func connected<T>(
        to url: String, _ body: (HTTPTransport, HubAccess) async throws -> T
    ) async throws -> T {
        let (transport, access) = try connection(to: url)
        do {
            let result = try await body(transport, access)
            await transport.close()
            return result
        } catch {
            await transport.close()
            throw error
        }
    }

    private func pin() throws -> Hash256? {
        guard let tlsPin else { return nil }
        guard let pin = Hash256(hex: tlsPin) else {
            throw CommandFailure(
                "bad_pin", words.badPin.text(["pin": tlsPin]), mend: words.badPinMend.text(),
                status: .usage)
        }
        return pin
    }
}
