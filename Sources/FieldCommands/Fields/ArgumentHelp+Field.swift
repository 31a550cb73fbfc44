import ArgumentParser
import CommandKit
import OutreachSchema

extension ArgumentHelp {
    /// The help of a field's option: its label, and the values where there is a list of them.
    static func field(_ name: String, of collection: CollectionDescription) -> ArgumentHelp {
        guard let field = collection.field(named: name) else {
            preconditionFailure("\(collection.name) has no field \(name)")
        }
        return ArgumentHelp(text(of: field, in: collection), valueName: field.type.valueName)
    }

    private static func text(
        of field: FieldDescription, in collection: CollectionDescription
    ) -> String {
        let words = Messages.fieldHelp
        let label = field.label[.current]
        switch field.type {
        case .enumeration(let vocabulary):
            let message = vocabulary.isOpen ? words.fieldOpenWords : words.fieldWords
            return message.text(["label": label, "values": values(of: vocabulary)])
        case .time:
            let isEventTime = field.name == collection.eventTimeField
            let message = isEventTime ? words.fieldEventTime : words.fieldTime
            return message.text(["label": label])
        default: return words.fieldText.text(["label": label])
        }
    }

    private static func values(of vocabulary: Vocabulary) -> String {
        switch LabelLanguage.current {
        case .english: vocabulary.terms.map(\.key).joined(separator: ", ")
        case .chinese:
            vocabulary.terms.map { "\($0.label.zh)（\($0.key)）" }.joined(separator: "、")
        }
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
