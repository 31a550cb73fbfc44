import Testing

@testable import OutreachSchema

/// A list of devices to invite, as people keep it.
struct InviteListTests {
    private func rows(_ text: String) throws -> [[String]] {
        try InviteList(Array(text.utf8)).rows.map { ["\($0.line)", $0.name, $0.role] }
    }

    @Test func namesAndRoles_inBothLanguages_withAndWithoutATitle() throws {
        #expect(
            try rows("name,role\r\nred armbands 1,\r\n\r\n红袖章二号,审计员\r\n") == [
                ["2", "red armbands 1", "lead"], ["4", "红袖章二号", "auditor"],
            ])
        #expect(try rows("\u{FEFF}名称\n一号\n") == [["2", "一号", "lead"]])
        #expect(
            try rows("a;operator\n\"b, the second\";lead\n") == [
                ["1", "a", "operator"], ["2", "b, the second", "lead"],
            ])
    }

    @Test func unknownRole_isHandedOnAsItStands() throws {
        #expect(try rows("a,king\n") == [["1", "a", "king"]])
        #expect(try rows("\n \n").isEmpty)
    }
}
