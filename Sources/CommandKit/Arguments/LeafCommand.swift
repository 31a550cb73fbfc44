import ArgumentParser

// Problem: to read `stop add 14`, the library makes a description of every command and option of
// the program, which takes longer than to save the stop.
// Idea: the first words nearly always name a command outright, and it reads the rest by itself.
// What it does not take, the whole program reads again, which tells help and faults with their
// whole names.

/// A command that is named by the first words and has none below it.
enum LeafCommand {
    /// - Returns: nil if the first words are no such command's names, or it does not take the rest.
    static func parse(
        _ arguments: [String], of root: any ParsableCommand.Type
    ) -> (any ParsableCommand)? {
        guard let (leaf, rest) = find(arguments[...], in: root) else { return nil }
        // Where help is asked for it is another command, of the leaf's name alone.
        guard let command = try? leaf.parseAsRoot(Array(rest)), type(of: command) == leaf else {
            return nil
        }
        return command
    }

    private static func find(
        _ words: ArraySlice<String>, in command: any ParsableCommand.Type
    ) -> (command: any ParsableCommand.Type, rest: ArraySlice<String>)? {
        let subcommands = command.configuration.subcommands
        guard !subcommands.isEmpty else { return (command, words) }
        guard let name = words.first,
            let next = subcommands.first(where: { isNamed($0, name) })
        else { return nil }
        return find(words.dropFirst(), in: next)
    }

    private static func isNamed(_ command: any ParsableCommand.Type, _ name: String) -> Bool {
        command._commandName == name || command.configuration.aliases.contains(name)
    }
}
