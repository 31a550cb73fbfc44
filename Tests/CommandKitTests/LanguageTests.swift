import Testing

@testable import CommandKit

@Suite struct LanguageTests {
    @Test(arguments: [
        ("en", Language.en), ("en_GB.UTF-8", .en), ("zh", .zhHans), ("zh-Hans", .zhHans),
        ("zh_CN.UTF-8", .zhHans), ("zh_TW", .zhHans), ("ZH-hant", .zhHans),
    ])
    func tag_spokenLanguage_isRead(tag: String, language: Language) {
        #expect(Language(tag: tag) == language)
    }

    @Test(arguments: ["fr", "C", "POSIX", "", "zhuang", "中文"])
    func tag_otherLanguage_isRefused(tag: String) {
        #expect(Language(tag: tag) == nil)
    }

    @Test func chosen_option_beatsLocale() {
        let chinese = ProcessEnvironment(["LANG": "zh_CN.UTF-8"])
        #expect(Language.chosen(arguments: ["stop", "--lang", "en"], environment: chinese) == .en)
        #expect(Language.chosen(arguments: ["--lang=en", "stop"], environment: chinese) == .en)
    }

    @Test func chosen_optionAfterTerminator_isData() {
        let arguments = ["note", "--", "--lang", "zh"]
        #expect(Language.chosen(arguments: arguments, environment: .init([:])) == .en)
    }

    @Test func chosen_locale_firstThatIsSetDecides() {
        func chosen(_ variables: [String: String]) -> Language {
            .chosen(arguments: [], environment: .init(variables))
        }
        #expect(chosen(["LANG": "zh_CN.UTF-8"]) == .zhHans)
        #expect(chosen(["LC_ALL": "C", "LANG": "zh_CN.UTF-8"]) == .en)
        #expect(chosen(["LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"]) == .zhHans)
        #expect(chosen(["LANG": "fr_FR.UTF-8"]) == .en)
        #expect(chosen([:]) == .en)
    }

    @Test func separated_unreadableValue_staysForTheParser() {
        let (language, arguments) = Language.separated(
            from: ["--lang", "zh", "list", "--lang", "fr", "--json"])
        #expect(language == .zhHans)
        #expect(arguments == ["list", "--lang", "fr", "--json"])
    }

    @Test func separated_optionWithoutValue_staysForTheParser() {
        #expect(Language.separated(from: ["list", "--lang"]).arguments == ["list", "--lang"])
    }

    @Test func withCurrent_inTask_holdsOnlyInside() async {
        let inside = await Language.withCurrent(.zhHans) {
            await Task { Language.current }.value
        }
        #expect(inside == .zhHans)
        #expect(Language.current == .en)
    }
}
