import CommandKit
import HubConfiguration

/// Every key, its value and where that came from. No secret is a value, so all can be shown.
struct ConfigurationPage {
    private let settings: HubSettings
    private let file: String?

    init(_ settings: HubSettings, file: String?) {
        self.settings = settings
        self.file = file
    }

    var table: Table {
        let words = Messages.hubConfiguration
        var table = Table([
            .fixed(words.key.text()), .fixed(words.value.text()), .text(words.source.text()),
            .text(words.change.text()),
        ])
        for key in ConfigurationKey.allCases {
            let value = settings.values[key]
            table.append([
                key.name, value?.texts.joined(separator: " ") ?? "-",
                value.map { Self.shown($0.source) } ?? words.unset.text(),
                Self.shown(key.change),
            ])
        }
        return table
    }

    /// As a person looks it up: `hub.yaml:3`, `FIELDSYNC_LISTEN`, `--listen`.
    static func shown(_ source: ConfigurationSource) -> String {
        let words = Messages.hubConfiguration
        return switch source {
        case .option(let name), .environment(let name): name
        case .file(let path, let line): "\(path):\(line)"
        case .credential(let name): words.credential.text(["name": name])
        case .standard: words.standard.text()
        }
    }

    private static func shown(_ change: ConfigurationKey.Change) -> String {
        let words = Messages.hubConfiguration
        return switch change {
        case .reload: words.atReload.text()
        case .restart: words.atRestart.text()
        case .command: words.atCommand.text()
        }
    }

    var json: JSONOutput {
        [
            "file": JSONOutput(file),
            "settings": .array(
                ConfigurationKey.allCases.map { key in
                    let value = settings.values[key]
                    return .object([
                        .init("key", .string(key.name)),
                        .init("value", Self.json(value, key)),
                        .init("source", .string(Self.kind(value?.source))),
                        .init("name", JSONOutput(Self.name(value?.source))),
                        .init("line", JSONOutput(Self.line(value?.source))),
                        .init("change", .string(key.change.rawValue)),
                    ])
                }),
        ]
    }

    private static func json(
        _ value: ConfigurationValue?, _ key: ConfigurationKey
    ) -> JSONOutput {
        guard let value else { return .null }
        if key.kind.isList { return .array(value.texts.map { .string($0) }) }
        let text = value.texts.first ?? ""
        switch key.kind {
        case .flag: return .bool(text == "true")
        case .count: return Int(text).map { .int($0) } ?? .null
        default: return .string(text)
        }
    }

    private static func kind(_ source: ConfigurationSource?) -> String {
        switch source {
        case .option: "option"
        case .environment: "environment"
        case .file: "file"
        case .credential: "credential"
        case .standard: "default"
        case nil: "unset"
        }
    }

    private static func name(_ source: ConfigurationSource?) -> String? {
        switch source {
        case .option(let name), .environment(let name), .credential(let name): name
        case .file(let path, _): path
        case .standard, nil: nil
        }
    }

    private static func line(_ source: ConfigurationSource?) -> Int? {
        if case .file(_, let line) = source { return line }
        return nil
    }
}
