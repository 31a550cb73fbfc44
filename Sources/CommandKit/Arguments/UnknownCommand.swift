internal import ArgumentParser

/// A word that stands where a subcommand should and is none.
///
/// The parser goes on to the options and complains of those ("Unknown option '--json'"), or calls
/// the word an unexpected argument. A person who mistyped the command is told so instead.
struct UnknownCommand {
    let typed: String
    /// The names that could have stood there.
    let names: [String]

    /// Nil if the arguments lead to a command without subcommands, or stop before one.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var command = root
        for argument in arguments {
            let subcommands = command.configuration.subcommands
            if let next = subcommands.first(where: { Self.names(of: $0).contains(argument) }) {
                command = next
                continue
            }
            let standard = command.configuration.defaultSubcommand
            let takesArguments = standard != nil && !(standard is any StandaloneCommand.Type)
            guard !subcommands.isEmpty, !takesArguments, !argument.hasPrefix("-"),
                argument != "help"
            else { return nil }
            typed = argument
            names = subcommands.flatMap(Self.names(of:))
            return
        }
        return nil
    }

    private static func names(of command: any ParsableCommand.Type) -> [String] {
        [command._commandName] + command.configuration.aliases
    }
}
