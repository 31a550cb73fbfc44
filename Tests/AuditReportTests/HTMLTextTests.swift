import OutreachSchema
import Testing

@testable import AuditReport

@Suite struct HTMLTextTests {
    @Test func escaped_markupInText_isShownNotRun() {
        #expect(HTMLText.escaped(#"<b a="1">&'"#) == "&lt;b a=&quot;1&quot;&gt;&amp;&#39;")
    }

    @Test(arguments: [
        "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}",
        "\u{2068}", "\u{2069}", "\u{200E}", "\u{200F}", "\u{061C}", "\u{0}", "\u{7}", "\u{1B}",
        "\u{7F}", "\u{85}", "\u{200B}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}",
        "\u{E0041}",
    ])
    func escaped_hiddenCharacter_isShownByItsNumber(_ character: String) throws {
        let scalar = try #require(character.unicodeScalars.first)
        let escaped = HTMLText.escaped("a\(character)b")
        let isLeft = escaped.unicodeScalars.contains(scalar)
        #expect(!isLeft)
        let digits = String(scalar.value, radix: 16, uppercase: true)
        #expect(escaped.contains("\(digits)⟧"))
        #expect(escaped.hasPrefix("a⟦U+"))
    }

    @Test func escaped_lineEnds_areOneSignEach() {
        #expect(HTMLText.escaped("a\r\nb\nc\rd\te") == "a⏎b⏎c⏎d e")
    }

    @Test func escaped_emojiWithJoiner_isKept() {
        #expect(HTMLText.escaped("👷‍♀️ 灯") == "👷‍♀️ 灯")
    }

    @Test func element_hostileAttribute_staysInItsQuotes() {
        var html = HTMLText()
        html.element("td", ["title": #"" onclick="x"#])
        #expect(html.markup == #"<td title="&quot; onclick=&quot;x"></td>"#)
    }

    @Test func words_valueWithBracesAndMarkup_isFilledOnceAndEscaped() {
        var html = HTMLText()
        html.words(BilingualText(en: "a {n} b", zh: "甲 {n} 乙"), ["n": "{n}<i>"])
        #expect(
            html.markup == #"<span class="t" lang="en">a <bdi>{n}&lt;i&gt;</bdi> b</span> "#
                + #"<span class="t" lang="zh-Hans">甲 <bdi>{n}&lt;i&gt;</bdi> 乙</span>"#)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (-12_345, "−12,345"), (1_234_567, "1,234,567"),
    ])
    func grouped_number_hasCommas(_ number: Int, _ text: String) {
        #expect(NumberWords.grouped(number) == text)
    }

    @Test func span_lengths_areInTheirTwoLargestUnits() {
        let day: Int64 = 86_400_000
        #expect(NumberWords.span(milliseconds: 999).en == "0 s")
        #expect(NumberWords.span(milliseconds: 61_000).en == "1 min 1 s")
        #expect(NumberWords.span(milliseconds: 3 * day + 7_200_000).zh == "3 天 2 小时")
        #expect(NumberWords.span(milliseconds: -3_660_000).en == "−1 h 1 min")
        #expect(NumberWords.span(milliseconds: .min).en.hasPrefix("−"))
    }
}
