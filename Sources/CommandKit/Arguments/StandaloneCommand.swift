/// A default subcommand that takes no arguments: a word after the program is then a subcommand, or
/// a mistyped one.
public protocol StandaloneCommand {}
