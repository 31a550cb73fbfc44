/// One text of the programs in every language they speak.
///
/// Both texts are templates: `{name}` is replaced by the value of that name. In English
/// `{n|record|records}` writes the first word where `n` is 1 and the second otherwise; it does not
/// write the number. Both languages name the same placeholders, which the catalogue's test checks.
///
///     Message("sync.pushed", en: "Sent {n} {n|record|records}.", zh: "已发送 {n} 条记录。")
public struct Message: Sendable, Hashable {
    /// Names the entry, unique in the catalogue: `topic.words_of_it`. Never shown to a person.
    public let key: String
    public let en: String
    public let zh: String

    public init(_ key: String, en: String, zh: String) {
        self.key = key
        self.en = en
        self.zh = zh
    }
}

extension Message {
    /// The names and the values that fill a message.
    public typealias Values = KeyValuePairs<String, any CustomStringConvertible>

    /// The text, filled.
    ///
    /// Values are data, so control characters in them are made visible: a note or a file's name
    /// cannot move the cursor, and cannot break the line.
    ///
    ///     Messages.errors.diskFull.text(["path": path])
    public func text(_ values: Values = [:], in language: Language = .current) -> String {
        MessageTemplate(template(in: language)).filled { name in
            values.first { $0.key == name }.map { $0.value.description.sanitised() }
        }
    }

    /// Puts a label around a finished text, which is kept as it is, line ends and all.
    func label(_ text: String, in language: Language = .current) -> String {
        MessageTemplate(template(in: language)).filled { $0 == "text" ? text : nil }
    }

    /// The unfilled text of a language.
    public func template(in language: Language) -> String {
        switch language {
        case .en: en
        case .zhHans: zh
        }
    }
}
