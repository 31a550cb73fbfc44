import Testing

@testable import AuditReport

@Suite struct HTMLTextTests {
    @Test func escaped_markupInText_isShownNotRun() {
        #expect(HTMLText.escaped(#"<b a="1">&'"#) == "&lt;b a=&quot;1&quot;&gt;&amp;&#39;")
    }
}
