import OutreachSchema
package import SyncCore

/// What pages have around their sections: a head that lets nothing in from outside, and two buttons
/// for the language.
package enum PageShell {
    private static let lineEnd: StaticString = "\n"

    /// SHA-256 of the one style sheet that a page of this module holds: who serves such a page can
    /// allow this style and no other (Content Security Policy Level 3, §2.3.1).
    package static var styleHash: Hash256 {
        .sha256(Array("\(lineEnd)\(StyleSheet.text)".utf8))
    }

    /// - Parameter generator: the program that wrote the page.
    static func writeHead(title: String, generator: StaticString, to html: inout HTMLText) {
        html.element("head") { html in
            html.raw(
                """
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
                style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="referrer" content="no-referrer">
                <meta name="generator" content="
                """)
            html.raw(generator)
            html.raw("\">\n")
            html.element("title") { $0.text(title) }
            html.raw("<style>")
            html.raw(lineEnd)
            html.raw(StyleSheet.text)
            html.raw("</style>")
        }
        html.raw("\n")
    }

    /// Two buttons that the style sheet reads: no script is needed to change the language.
    static func writeLanguages(_ chosen: LabelLanguage, to html: inout HTMLText) {
        for language in LabelLanguage.allCases {
            html.raw("<input type=\"radio\" name=\"language\" class=\"choice\"")
            html.raw(language == .english ? " id=\"show-en\"" : " id=\"show-zh\"")
            html.raw(language == chosen ? " checked>" : ">")
        }
        html.element("div", ["class": "languages"]) { html in
            for language in LabelLanguage.allCases {
                let target = language == .english ? "show-en" : "show-zh"
                html.element("label", ["for": target, "lang": language.tag]) {
                    $0.text(language.ownName)
                }
            }
        }
        html.raw("\n")
    }
}
