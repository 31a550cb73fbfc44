import Testing

@testable import CommandKit

@Suite struct DurationTests {
    @Test(arguments: [
        ("24h", 86400), ("30m", 1800), ("7d", 604_800), ("45s", 45), ("2w", 1_209_600),
        ("1d12h", 129_600), ("1d 12h", 129_600), ("24H", 86400), ("24小时", 86400), ("7天", 604_800),
        ("３０分钟", 1800), ("1小时30分", 5400),
    ])
    func seconds_length_isRead(text: String, seconds: Int) {
        #expect(DurationParser.seconds(from: text) == seconds)
    }

    @Test(arguments: [
        "", "24", "h", "0h", "-1h", "1.5h", "1x", "3661d", "99999999999999999999d", "1h2", "½h",
    ])
    func seconds_otherText_isRefused(text: String) {
        #expect(DurationParser.seconds(from: text) == nil)
    }

    @Test(arguments: ["24h", "7d", "90m", "45s", "36h"])
    func argument_description_readsBack(text: String) throws {
        #expect(try DurationArgument(parsing: text).description == text)
    }
}
