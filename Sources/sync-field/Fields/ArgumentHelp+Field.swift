import ArgumentParser
import CommandKit
import OutreachSchema

extension ArgumentHelp {
    /// The help of a field's option: its label, and the values where there is a list of them.
    static func field(_ name: String, of collection: CollectionDescription) -> ArgumentHelp {
        guard let field = collection.field(named: name) else {
            preconditionFailure("\(collection.name) has no field \(name)")
        }
        let language = LabelLanguage.current
        var text = field.label[language]
        if case .enumeration(let vocabulary) = field.type {
            text += language == .chinese ? "：" : ": "
            text += values(of: vocabulary, in: language)
        }
        return ArgumentHelp(stringLiteral: text + (language == .chinese ? "。" : "."))
            .taking(field.type.valueName)
    }

    private static func values(of vocabulary: Vocabulary, in language: LabelLanguage) -> String {
        switch language {
        case .english:
            vocabulary.terms.map(\.key).joined(separator: ", ")
                + (vocabulary.isOpen ? ", or in your own words" : "")
        case .chinese:
            vocabulary.terms.map { "\($0.label.zh)（\($0.key)）" }.joined(separator: "、")
                + (vocabulary.isOpen ? "，也可自己写" : "")
        }
    }

    private func taking(_ valueName: String) -> ArgumentHelp {
        var help = self
        help.valueName = valueName
        return help
    }
}

extension FieldType {
    /// What stands for the value in a help text.
    fileprivate var valueName: String {
        switch self {
        case .text: "text"
        case .integer, .number: "number"
        case .bool: "yes|no"
        case .enumeration: "word"
        case .time: "time"
        case .grid, .pointCode: "code"
        }
    }
}

extension LabelLanguage {
    /// The language of this process.
    static var current: LabelLanguage { Language.current == .zhHans ? .chinese : .english }
}
