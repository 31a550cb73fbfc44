import ArgumentParser
import CommandKit
import OutreachSchema

/// A collection as a word of the command line: `stop` for `stops`.
protocol RecordNoun: Sendable {
    static var collection: CollectionDescription { get }
    static var noun: String { get }
}

/// A collection whose records a field device writes.
///
/// Its properties are the options that fill the fields, the same for adding and editing.
protocol RecordFields: RecordNoun, ParsableArguments {
    /// What was typed, by field name.
    var texts: [String: String] { get }
    /// What words without an option stand for.
    static var wordsHelp: Message { get }
    /// Commands that only this noun has.
    static var furtherCommands: [any ParsableCommand.Type] { get }
}

extension NameSpecification {
    /// The long name, and a letter that its value may follow at once: `-p2`.
    static func brief(_ letter: Character) -> NameSpecification {
        [.long, .customShort(letter, allowingJoined: true)]
    }
}

extension RecordFields {
    static var furtherCommands: [any ParsableCommand.Type] { [] }
}

/// The operator's points: to be read only.
enum PointNoun: RecordNoun {
    static var collection: CollectionDescription { .points }
    static var noun: String { "point" }
}
