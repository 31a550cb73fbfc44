import AuditReport
package import SyncProtocol

/// Invites to be cut out and handed over: one card each, with its code.
package struct InviteSheet {
    package struct Card {
        package let name: String
        package let role: String
        package let invite: Invite
        package let expires: String

        package init(name: String, role: String, invite: Invite, expires: String) {
            self.name = name
            self.role = role
            self.invite = invite
            self.expires = expires
        }
    }

    private let space: String
    private let cards: [Card]
    private let language: DeskLanguage

    package init(_ cards: [Card], space: String, language: DeskLanguage) {
        self.cards = cards
        self.space = space
        self.language = language
    }

    /// One page that needs nothing else, to be printed.
    package var html: String {
        let words = DeskWords.texts(language)
        func word(_ key: String) -> String { HTMLText.escaped(words[key] ?? key) }
        var text = """
            <!doctype html><html lang="\(language.rawValue)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>\(HTMLText.escaped(space))</title><style>\(Self.style)</style></head><body>
            """
        for card in cards {
            text +=
                "<section><h1>\(HTMLText.escaped(card.name))</h1><p>\(HTMLText.escaped(space)) · "
            text +=
                "\(word("role_" + card.role)) · \(word("until")) \(HTMLText.escaped(card.expires))</p>"
            text += InviteCode.svg(card.invite.text, title: words["code"] ?? "")
            text +=
                "<pre>sync-field init\nsync-field join \(HTMLText.escaped(card.invite.text))</pre>"
            text += "<p>\(word("sheet_secret"))</p></section>"
        }
        return text + "</body></html>\n"
    }

    private static let style = """
        body{margin:0;font:11pt/1.4 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#000;background:#fff}
        section{border:1px dashed #555;margin:6mm;padding:5mm;break-inside:avoid}
        h1{font-size:15pt;margin:0}p{margin:2mm 0}svg{width:52mm;height:52mm;display:block}
        .code-back{fill:#fff}.code-ink{fill:#000}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:7.5pt}
        """
}
