/// A language that the programs speak. JSON keys and error codes are never translated.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case en
    case zhHans = "zh-Hans"
}

extension Language {
    /// Reads a language tag or a locale name: `en_GB.UTF-8`, `zh`, `zh-Hans`, `zh_CN.UTF-8`.
    ///
    /// Every Chinese tag gives `zhHans`, `zh_TW` too: simplified Chinese is nearer to its reader
    /// than English is. Nil for any other language.
    public init?(tag: String) {
        let language = tag.lowercased().prefix { $0.isASCII && $0.isLetter }
        switch language {
        case "en", "english": self = .en
        case "zh", "chinese": self = .zhHans
        default: return nil
        }
    }
}
