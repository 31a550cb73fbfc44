import CommandKit

/// Where a server listens: `127.0.0.1:8600`, `[::1]:8600`, `0.0.0.0:8600`.
struct ListenAddress {
    let host: String
    let port: Int

    /// - Throws: `CommandFailure` (usage).
    init(_ text: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let host = parts.dropLast().joined(separator: ":")
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard let last = parts.last, let port = Int(last), 0...65_535 ~= port, !host.isEmpty,
            isBracketed || !host.contains(":")
        else {
            let words = Messages.hub
            throw CommandFailure(
                "bad_listen", words.badListen.text(["value": text]),
                mend: words.badListenMend.text(), status: .usage)
        }
        self.host = isBracketed ? String(host.dropFirst().dropLast()) : host
        self.port = port
    }

    /// Whether only this machine can reach it.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    /// The host as it stands in a URL.
    var urlHost: String { host.contains(":") ? "[\(host)]" : host }
}
