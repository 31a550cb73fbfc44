/// Where a value came from.
public enum ConfigurationSource: Sendable, Hashable {
    /// Of the command line, as it is typed: `--listen`.
    case option(String)
    /// The name of the variable.
    case environment(String)
    /// Line: from 1.
    case file(path: String, line: Int)
    /// systemd's, by name.
    case credential(String)
    /// Nothing was said: what holds then.
    case standard

    /// The heavier wins: option, environment, file, credential, default.
    public var weight: Int {
        switch self {
        case .option: 4
        case .environment: 3
        case .file: 2
        case .credential: 1
        case .standard: 0
        }
    }
}

/// A value, and where it came from.
public struct ConfigurationValue: Sendable, Hashable {
    /// One; a list's several, in their order.
    public let texts: [String]
    public let source: ConfigurationSource

    public init(_ texts: [String], _ source: ConfigurationSource) {
        self.texts = texts
        self.source = source
    }
}

/// Why a configuration cannot be used.
public enum ConfigurationFault: Error, Sendable, Hashable {
    /// Too long to be one, or not UTF-8.
    case notText(path: String)
    /// The file is no YAML, from this line on; `detail` is the parser's English.
    case syntax(path: String, line: Int, detail: String)
    /// The file holds something else than keys with values.
    case notKeys(path: String, line: Int)
    case unknownKey(String, path: String, line: Int)
    /// A key stands twice; `line` is that of the second.
    case twice(ConfigurationKey, path: String, line: Int)
    case value(ConfigurationKey, ConfigurationValueFault, ConfigurationSource)
}
