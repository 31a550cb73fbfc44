import CommandKit
import OutreachSchema
import SharedWords
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

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
            let words = Messages.failures
            throw failure(
                "personal_name", words.personalName.text(), words.personalNameMend, line)
        }
    }

    /// The one device that a name, or a beginning of an id, means.
    ///
    /// - Throws: `CommandFailure`.
    static func find(_ text: String, among devices: [DeviceStanding]) throws -> DeviceStanding {
        let found = devices.filter {
            $0.device.name == text || $0.device.id.hex.hasPrefix(text.lowercased())
        }
        guard found.count == 1, !text.isEmpty else {
            let words = Messages.hub
            throw CommandFailure(
                "no_device", words.noDevice.text(["id": text]), mend: words.noDeviceMend.text())
        }
        return found[0]
    }

    private static func failure(
        _ code: CommandFailure.Code, _ text: String, _ mend: Message, _ line: Int?
    ) -> CommandFailure {
        CommandFailure(
            code, text, mend: mend.text(), status: .usage,
            facts: line.map { [.init("line", .int($0))] } ?? [])
    }
}
