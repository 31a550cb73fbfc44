import ArgumentParser
import Testing

@testable import FieldCommands

/// The examples that stand in each help are commands that the program takes.
@Suite struct ExamplesTests {
    private static let lines = FieldExamples.all.values.flatMap(\.self)

    @Test func examples_areThere() { #expect(!Self.lines.isEmpty) }

    @Test(arguments: lines)
    func example_isACommandOfTheProgram(_ line: String) throws {
        let words = Self.words(line)
        #expect(words.first == "sync-field")
        _ = try SyncField.parseAsRoot(Array(words.dropFirst()))
    }

    /// As a shell divides a line of words and quotes, up to a redirection.
    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line.prefix(while: { $0 != "<" && $0 != ">" && $0 != "|" }) {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + [character] }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character == " " {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + [character]
            }
        }
        return words + [word].compactMap(\.self)
    }
}
