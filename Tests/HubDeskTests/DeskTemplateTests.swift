import Testing

@testable import HubDesk

/// The part of Mustache that the page's templates are written in.
@Suite struct DeskTemplateTests {
    private func rendered(
        _ text: String, _ content: [String: Any], others: [String: String] = [:]
    ) throws -> String {
        var all = try others.mapValues { try DeskTemplate($0) }
        all["page"] = try DeskTemplate(text)
        return try #require(DeskTemplateSet(all).render(content, "page"))
    }

    @Test func value_isEscaped_unlessThreeBracesSayOtherwise() throws {
        let text = try rendered("{{a}}|{{{a}}}|{{n}}|{{gone}}", ["a": "<'\"&>\n", "n": 3])
        #expect(text == "&lt;&#39;&quot;&amp;&gt;\n|<'\"&>\n|3|")
    }

    @Test func value_ofAPath_andOfTheItemItself() throws {
        let content: [String: Any] = ["t": ["a": "words"], "list": ["x", "y"]]
        #expect(try rendered("{{t.a}} {{#list}}[{{.}}]{{/list}}", content) == "words [x][y]")
    }

    @Test func value_thatIsAnEmptyOptional_isMissing() throws {
        let content: [String: Any] = ["a": String?.none as Any, "b": String?.some("b") as Any]
        #expect(try rendered("{{a}}{{b}}{{^a}}none{{/a}}", content) == "bnone")
    }

    @Test(arguments: [
        ("yes", "in|"), ("no", "|out"), ("empty", "|out"), ("gone", "|out"), ("text", "in|"),
        ("nothing", "in|"),
    ])
    func section_isShownForWhatIsThere(_ name: String, _ expected: String) throws {
        let content: [String: Any] = [
            "yes": true, "no": false, "empty": [String](), "text": "x", "nothing": "",
        ]
        let text = try rendered("{{#\(name)}}in{{/\(name)}}|{{^\(name)}}out{{/\(name)}}", content)
        #expect(text == expected)
    }

    @Test func section_ofAList_looksOutsideForWhatItsItemsLack() throws {
        let content: [String: Any] = [
            "rows": [["n": "1"], ["n": "2", "who": "b"]] as [[String: Any]], "who": "a",
        ]
        #expect(try rendered("{{#rows}}{{n}}{{who}} {{/rows}}", content) == "1a 2b ")
    }

    @Test func layout_takesTheBlocksOfThePage() throws {
        let layout = "<{{$title}}none{{/title}}>{{$content}}{{/content}}"
        let text = try rendered(
            "{{<layout}}{{$content}}hello {{a}}{{/content}}{{/layout}}", ["a": "you"],
            others: ["layout": layout])
        #expect(text == "<none>hello you")
    }

    @Test(arguments: [
        "{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{a", "{{>part}}", "{{! no }}", "{{a b}}", "{{}}",
        "{{a..b}}", "{{&a}}",
    ])
    func text_thatIsNoTemplate_isRefused(_ text: String) {
        #expect(throws: DeskTemplate.Fault.self) { try DeskTemplate(text) }
    }

    @Test func templatesOfThePage_areRead() throws {
        let page = try DeskTemplates.library().render(["space": "<b>"], "out")
        #expect(page?.contains("&lt;b&gt;") == true)
    }
}
