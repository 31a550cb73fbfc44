import CommandKit

/// The address that devices reach the hub at.
enum HubURL {
    /// `http://` or `https://`, host and port, nothing else; a trailing slash is taken off.
    ///
    /// - Throws: `CommandFailure` (usage).
    static func checked(_ text: String) throws -> String {
        let url = text.hasSuffix("/") ? String(text.dropLast()) : text
        let rest = ["http://", "https://"].first { url.hasPrefix($0) }.map {
            url.dropFirst($0.count)
        }
        guard let rest, !rest.isEmpty, !rest.contains(where: { "/?#@ ".contains($0) }) else {
            let words = Messages.hub
            throw CommandFailure(
                "bad_url", words.badURL.text(["url": text]), mend: words.badURLMend.text(),
                status: .usage)
        }
        return url
    }
}
