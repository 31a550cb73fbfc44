import CommandKit
import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol

/// What an operator writes about a device: its role and its name.
enum DeviceArguments {
    /// - Parameter line: The line of the list that the text is from, from 1.
    /// - Throws: `CommandFailure` (usage).
    static func role(_ text: String, line: Int? = nil) throws -> Role {
        guard let role = Role(rawValue: text), role != .hub else {
            let words = Messages.hub
            throw failure("bad_role", words.badRole.text(["role": text]), words.badRoleMend, line)
        }
        return role
    }

    /// Throws where the text cannot be a device's name, or looks like a person's data.
    ///
    /// - Parameter line: The line of the list that the text is from, from 1.
    /// - Throws: `CommandFailure` (usage).
    static func check(name: String, line: Int? = nil) throws {
        guard SQLHubStore.isName(name) else {
            let words = Messages.hub
            throw failure("bad_name", words.badName.text(), words.badNameMend, line)
        }
        guard PersonalData.kinds(in: name).isEmpty else {
            let words = Messages.fieldErrors
            throw failure(
                "personal_name", words.personalName.text(), words.personalNameMend, line)
        }
    }

    private static func failure(
        _ code: CommandFailure.Code, _ text: String, _ mend: Message, _ line: Int?
    ) -> CommandFailure {
        CommandFailure(
            code, text, mend: mend.text(), status: .usage,
            facts: line.map { [.init("line", .int($0))] } ?? [])
    }
}
