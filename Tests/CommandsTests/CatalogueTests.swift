import AuditCommands
import FieldCommands
import Foundation
import HubCommands
import OutreachOutput
import ReportGathering
import SharedWords
import Testing

@testable import CommandKit

/// Walks every message of the programs.
@Suite struct CatalogueTests {
    private var messages: [Message] {
        let topics =
            Messages.commonTopics + Messages.sharedTopics + Messages.outputTopics
            + Messages.fieldTopics + Messages.hubTopics + Messages.auditTopics
            + Messages.auditProgramTopics
        return topics.flatMap(\.messages)
    }

    @Test func catalogue_keys_areUnique() {
        let keys = messages.map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(!keys.isEmpty)
    }

    @Test func catalogue_bothTexts_nameTheSamePlaceholders() {
        for message in messages {
            #expect(
                MessageTemplate(message.en).names == MessageTemplate(message.zh).names,
                "\(message.key)")
        }
    }

    @Test func catalogue_eachText_isInItsLanguage() {
        for message in messages {
            #expect(!message.en.isEmpty && !message.zh.isEmpty, "\(message.key)")
            #expect(message.zh.contains(where: isHan) || isOnlyValues(message), "\(message.key)")
            #expect(!message.en.contains(where: isHan), "\(message.key)")
        }
    }

    @Test func catalogue_chineseTexts_haveNoPlurals() {
        for message in messages {
            #expect(!message.zh.contains("|"), "\(message.key)")
        }
    }

    /// A topic that is missing from the list, or a message outside a topic, would not be walked.
    @Test func catalogue_everyMessageInTheSources_isWalked() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources").standardizedFileURL.resolvingSymlinksInPath()
        let walk = try #require(
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        let files = walk.compactMap { $0 as? URL }
            .filter { $0.lastPathComponent.hasPrefix("Messages+") }
        #expect(!files.isEmpty)
        let written = try files.reduce(0) { count, file in
            try count + String(contentsOf: file, encoding: .utf8).ranges(of: "Message(").count
        }
        #expect(written == messages.count)
    }

    private func isHan(_ character: Character) -> Bool {
        character.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    }

    private func isOnlyValues(_ message: Message) -> Bool {
        MessageTemplate(message.zh).pieces.allSatisfy { piece in
            if case .literal(let text) = piece { return !text.contains(where: \.isLetter) }
            return true
        }
    }
}

/// What all programs share names none of them.
@Suite struct CommandKitTests {
    @Test func messagesOfCommandKit_nameNoProgram() {
        for message in Messages.commonTopics.flatMap(\.messages) {
            for program in ["sync-field", "sync-hub", "sync-audit"] {
                #expect(!message.en.contains(program), "\(message.key)")
                #expect(!message.zh.contains(program), "\(message.key)")
            }
        }
    }
}
