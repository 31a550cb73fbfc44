/// One text in the two languages of the programs.
public struct BilingualText: Sendable, Hashable {
    public let en: String
    /// Simplified Chinese.
    public let zh: String

    public init(en: String, zh: String) {
        self.en = en
        self.zh = zh
    }

    public subscript(language: LabelLanguage) -> String {
        switch language {
        case .english: en
        case .chinese: zh
        }
    }
}

/// The languages that labels and entry problems come in.
public enum LabelLanguage: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh"
}
