import CommandKit
import SyncClient

/// The address that devices reach the hub at.
enum HubURL {
    /// `http://` or `https://`, host and port, perhaps a path; a trailing slash is taken off.
    ///
    /// - Throws: `CommandFailure` (usage).
    static func checked(_ text: String) throws -> String {
        let url = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard HubAddress(url) != nil else {
            let words = Messages.hub
            throw CommandFailure(
                "bad_url", words.badURL.text(["url": text]), mend: words.badURLMend.text(),
                status: .usage)
        }
        return url
    }
}
