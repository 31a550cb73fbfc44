import ArgumentParser
import Testing

@testable import CommandKit

/// The command that the first words name, read without the rest of the program.
@Suite struct LeafCommandTests {
    struct Program: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "program", version: "1", subcommands: [Noun.self, Alone.self],
            defaultSubcommand: Alone.self)
    }

    struct Noun: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "noun", subcommands: [Verb.self])
    }

    struct Verb: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "verb", aliases: ["do"])
        @Argument var words: [String] = []
        @Option var count = 1
    }

    struct Alone: ParsableCommand {
        @Flag var loud = false
    }

    @Test(arguments: [["noun", "verb"], ["noun", "do"]])
    func words_thatNameACommand_areReadByItAlone(name: [String]) throws {
        let words = name + ["noun", "--count", "3", "x"]
        let verb = try #require(LeafCommand.parse(words, of: Program.self) as? Verb)
        let whole = try #require(try Program.parseAsRoot(words) as? Verb)
        #expect(verb.words == ["noun", "x"])
        #expect((verb.words, verb.count) == (whole.words, whole.count))
        #expect(LeafCommand.parse(["alone", "--loud"], of: Program.self) is Alone)
    }

    /// Then the whole program reads them, and says what is wrong by whole names.
    @Test(arguments: [
        [], ["--loud"], ["noun"], ["noun", "--help"], ["noun", "verb", "--help"],
        ["noun", "verb", "--version"], ["noun", "verb", "--count", "x"],
        ["noun", "verb", "--nothing"], ["help", "noun"], ["verb"],
        ["noun", "verb", "--generate-completion-script", "bash"],
    ])
    func words_thatDoNot_areLeftToTheProgram(words: [String]) {
        #expect(LeafCommand.parse(words, of: Program.self).map { type(of: $0) } == nil)
    }
}
