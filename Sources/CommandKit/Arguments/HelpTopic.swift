/// A page of `help TOPIC` that is no command's.
public struct HelpTopic: Sendable {
    let names: [String]
    let text: @Sendable () -> String

    /// - Parameter text: in the language of the moment.
    public init(names: [String], text: @escaping @Sendable () -> String) {
        self.names = names
        self.text = text
    }
}

/// What a program adds to the help of its commands.
public struct HelpExtras: Sendable {
    let examples: [String: [String]]
    let topics: [HelpTopic]

    public static let none = HelpExtras(examples: [:], topics: [])

    /// - Parameter examples: by the words of the command, without the program's name.
    public init(examples: [String: [String]], topics: [HelpTopic]) {
        self.examples = examples
        self.topics = topics
    }

    /// The topic that the arguments ask for; nil for anything else.
    func topic(in arguments: [String]) -> HelpTopic? {
        guard arguments.first == "help", arguments.count == 2 else { return nil }
        return topics.first { $0.names.contains(arguments[1]) }
    }
}
