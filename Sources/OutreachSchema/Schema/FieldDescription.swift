/// One field of a collection: its name on the wire, and all that entry, import and tables need.
public struct FieldDescription: Sendable, Hashable {
    public let name: String
    public let type: FieldType
    /// A record without it cannot be entered. Readers cope with its absence all the same.
    public let isRequired: Bool
    /// Whether `--like last` carries it over: where and how one works, never when or what came of
    /// it (no times, outcomes or remarks).
    public let isRepeatable: Bool
    public let label: BilingualText
    /// What a spreadsheet's header may say for it besides name and labels.
    public let headers: [String]

    public init(
        _ name: String, _ type: FieldType, _ en: String, _ zh: String, headers: [String] = [],
        isRequired: Bool = false, isRepeatable: Bool = false
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.isRepeatable = isRepeatable
        self.label = BilingualText(en: en, zh: zh)
        self.headers = headers
    }

    /// The option on the command line: the name with hyphens, `--arrived-at`.
    public var option: String {
        "--" + String(name.map { $0 == "_" ? "-" : $0 })
    }

    /// Whether a header cell names this field.
    func isNamed(by matchKey: String) -> Bool {
        ([name, label.en, label.zh] + headers).contains { TextFolding.matchKey($0) == matchKey }
    }
}
