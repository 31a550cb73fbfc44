import Testing

@testable import CommandKit

@Suite struct MessageTests {
    private let pushed = Message(
        "test.pushed", en: "Sent {n} {n|record|records} to {hub}.", zh: "已向 {hub} 发送 {n} 条记录。")

    @Test func text_one_takesSingular() {
        #expect(
            pushed.text(["n": 1, "hub": "H"], in: .en) == "Sent 1 record to H.")
    }

    @Test(arguments: [0, 2, 11, 21])
    func text_otherNumbers_takePlural(n: Int) {
        #expect(
            pushed.text(["n": n, "hub": "H"], in: .en) == "Sent \(n) records to H.")
    }

    @Test func text_chinese_fillsInItsOwnOrder() {
        #expect(
            pushed.text(["n": 2, "hub": "中心"], in: .zhHans) == "已向 中心 发送 2 条记录。")
    }

    @Test func text_withoutLanguage_takesTheCurrentOne() {
        Language.withCurrent(.zhHans) {
            #expect(Messages.errors.notAuthorised.text() == "中心不接受这台设备。")
        }
    }

    @Test func text_harmfulValue_isMadeVisible() {
        let text = pushed.text(["n": 2, "hub": "a\u{1B}[2J\rb"], in: .en)
        #expect(text == "Sent 2 records to a␛[2J␍b.")
    }

    @Test func text_valueWithPlaceholder_isNotFilledAgain() {
        #expect(pushed.text(["n": 2, "hub": "{n}"], in: .en).hasSuffix("{n}."))
    }

    @Test func template_unclosedBrace_isText() {
        #expect(MessageTemplate("a {b").pieces == [.literal("a {b")])
    }

    @Test func values_textOfTheTemplate_areReadBack() {
        let template = MessageTemplate("Unknown '{a}'. Did you mean '{b}'?")
        let values = template.values(in: "Unknown 'it's'. Did you mean '--x'?")
        #expect(values == ["a": "it's", "b": "--x"])
    }

    @Test(arguments: [
        "Unknown 'a'", "xUnknown 'a'. Did you mean 'b'?", "Unknown 'a'. Did you mean 'b'? No", "",
    ])
    func values_otherText_areNil(text: String) {
        #expect(MessageTemplate("Unknown '{a}'. Did you mean '{b}'?").values(in: text[...]) == nil)
    }

    @Test func values_templateWithoutPlaceholders_matchesOnlyItself() {
        #expect(MessageTemplate("OPTIONS:").values(in: "OPTIONS:") == [:])
        #expect(MessageTemplate("OPTIONS:").values(in: "MY OPTIONS:") == nil)
    }
}
