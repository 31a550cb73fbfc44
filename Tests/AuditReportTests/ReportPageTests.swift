import AuditReport
import Foundation
import OutreachSchema
import SyncCore
import Testing

@Suite struct ReportPageTests {
    static let pages = [
        SamplePage.single(), SamplePage.single(.chinese), SamplePage.comparison(),
        SamplePage.comparison(.chinese),
    ]

    @Test(arguments: pages.indices)
    func html_madeTwice_isTheSameBytes(_ index: Int) {
        let page = Self.pages[index]
        #expect(Array(page.html().utf8) == Array(page.html().utf8))
        #expect(page.html().hasPrefix(ReportPage.signature))
    }

    @Test(arguments: pages.indices)
    func html_anyPage_isWellFormed(_ index: Int) throws {
        // As XML once the elements that HTML leaves open are closed.
        var text = Self.pages[index].html()
        for name in ["meta", "input", "br"] {
            text = text.replacing(try Regex("<\(name)([^>]*)>")) { match in
                "<\(name)\(match.output[1].substring ?? "")/>"
            }
        }
        text = text.replacingOccurrences(of: "<!doctype html>", with: "")
            .replacingOccurrences(of: " checked/>", with: " checked=\"\"/>")
        let nesting = TagNesting(text)
        #expect(nesting.fault == nil)
        #expect(nesting.count > 100)
    }

    @Test(arguments: pages.indices)
    func html_hostileValues_bringNoMarkupAndNoTurning(_ index: Int) {
        let text = Self.pages[index].html()
        #expect(!text.contains("<script"))
        #expect(text.contains("&lt;script&gt;alert(1)"))
        let hidden: Set<Unicode.Scalar> = ["\u{202E}", "\u{202C}", "\u{2066}", "\u{2069}"]
        #expect(!text.unicodeScalars.contains { hidden.contains($0) })
        #expect(text.contains("⟦U+202E⟧txt.exe⟦U+202C⟧"))
    }

    @Test(arguments: pages.indices)
    func html_anyPage_loadsNothingAndRunsNothing(_ index: Int) {
        let text = Self.pages[index].html()
        #expect(
            text.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"))
        for word in ["href=", "src=", "url(", "@import", "<link", "<iframe", "<object", "<form"] {
            #expect(!text.contains(word), "\(word)")
        }
        #expect(text.firstMatch(of: /\son[a-z]+=/) == nil)
    }

    @Test(arguments: LabelLanguage.allCases)
    func html_language_isTheOneShownFirstAndBothAreThere(_ language: LabelLanguage) throws {
        let text = SamplePage.single(language).html()
        let id = language == .english ? "show-en" : "show-zh"
        #expect(text.contains("id=\"\(id)\" checked>"))
        #expect(text.components(separatedBy: " checked>").count == 2)
        #expect(text.contains("发现问题") && text.contains("There are problems"))
        let title = try #require(text.firstMatch(of: /<title>([^<]*)<\/title>/)?.output.1)
        #expect(title == (language == .english ? "Audit of an outreach log" : "外勤日志审计报告"))
        let english = text.components(separatedBy: "class=\"t\" lang=\"en\"").count
        #expect(english == text.components(separatedBy: "class=\"t\" lang=\"zh-Hans\"").count)
    }

    @Test func html_verdict_standsBeforeEverythingElse() throws {
        let text = SamplePage.single().html()
        let verdict = try #require(text.range(of: "class=\"verdict found\""))
        let heading = try #require(text.range(of: "<h2>"))
        #expect(verdict.lowerBound < heading.lowerBound)
    }

    @Test func html_hugeInputs_areCappedAndSayHowMuchIsLeftOut() {
        var page = SamplePage.comparison()
        let long = String(repeating: "长\u{202E}<", count: 5_000)
        page.findings = CappedList((0..<5_000).map { _ in SamplePage.finding(long) })
        page.differences = SamplePage.differences(records: 20_000)
        page.coverage = SamplePage.coverage(points: 300, nights: 100)
        page.lags = (0..<3_000).map { SamplePage.lag("device \($0)", 1_000, 2_000) }
        let text = page.html()
        #expect(text.utf8.count < ReportPage.byteLimit)
        for rest in ["4,800", "19,700", "40", "2,900"] {
            #expect(text.contains("<bdi>\(rest)</bdi>"), "\(rest)")
        }
    }

    @Test func html_countsThatDoNotAddUp_saySo() {
        var page = SamplePage.single()
        #expect(page.html().contains("✓ 2,658 = 2,658"))
        page.counts[0].expected = 2_659
        #expect(!page.counts[0].addsUp)
        #expect(page.html().contains("✗ 2,658 ≠ 2,659"))
    }

    @Test func html_textsThatOnlyLookEqual_showTheirNumbers() {
        let text = SamplePage.comparison().html()
        #expect(text.contains("U+301") && text.contains("U+E9"))
    }

    @Test(arguments: [
        (ReportVerdict(), ReportVerdict.Outcome.ok),
        (ReportVerdict(problems: 1), .found), (ReportVerdict(differences: 0), .ok),
        (ReportVerdict(differences: 3), .found),
        (ReportVerdict(problems: 1, gaps: [SamplePage.twice("x")]), .found),
        (ReportVerdict(gaps: [SamplePage.twice("x")]), .incomplete),
    ])
    func outcome_verdict_isItsGravest(_ verdict: ReportVerdict, _ outcome: ReportVerdict.Outcome) {
        #expect(verdict.outcome == outcome)
    }
}

/// Whether every tag of a markup is closed in its turn.
struct TagNesting {
    private(set) var fault: String?
    private(set) var count = 0

    init(_ markup: String) {
        var open: [Substring] = []
        for match in markup.matches(of: /<(\/?)([a-zA-Z0-9]+)((?:\s+[a-zA-Z-]+="[^"<>]*")*)(\/?)>/)
        {
            count += 1
            if match.output.1 == "/" {
                guard open.popLast() == match.output.2 else {
                    fault = "</\(match.output.2)> at \(count)"
                    return
                }
            } else if match.output.4.isEmpty {
                open.append(match.output.2)
            }
        }
        if let left = open.last { fault = "<\(left)> is not closed" }
        // The style sheet and the comment are all that may hold a bare angle.
        let angles = markup.count { $0 == "<" }
        if angles != count + 1 { fault = "\(angles) angles, \(count) tags" }
    }
}
