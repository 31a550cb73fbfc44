public import ArgumentParser

/// The options of every command of every program.
public struct GlobalOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: ArgumentHelp(Messages.console.jsonHelp.text()))
    public var isJSON = false

    /// Listed in the help, and refused with a reason where it cannot be read. A readable one was
    /// taken out before parsing (`Language.chosen`), so this is nil: ask `Language.current`.
    @Option(
        name: .customLong("lang"),
        help: ArgumentHelp(Messages.console.languageHelp.text(), valueName: "en|zh-Hans"))
    public var language: Language?

    public init() {}
}

extension GlobalOptions {
    /// Whether `--json` was given, for when parsing failed and there are no options to ask.
    static func asksForJSON(_ arguments: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains("--json")
    }
}

extension Language: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(tag: argument)
    }
}
