/// What a configuration file says: YAML, a mapping of keys to values, each known and each once.
///
///     listen: 0.0.0.0:8600
///     database:
///       - postgresql://hub@/fieldsync
public struct ConfigurationFile: Sendable {
    public let values: [ConfigurationKey: ConfigurationValue]

    /// More is no configuration, in bytes.
    public static let sizeLimit = 64 << 10

    /// - Parameter path: as it is shown.
    /// - Throws: `ConfigurationFault`.
    public init(_ bytes: [UInt8], path: String) throws(ConfigurationFault) {
        guard bytes.count <= Self.sizeLimit, let text = String(validating: bytes, as: UTF8.self)
        else { throw .notText(path: path) }
        var values: [ConfigurationKey: ConfigurationValue] = [:]
        for (name, node) in try Self.entries(of: text, path) {
            let line = name.line
            guard let word = name.scalar else { throw .notKeys(path: path, line: line) }
            guard let key = ConfigurationKey(rawValue: word) else {
                throw .unknownKey(word, path: path, line: line)
            }
            guard values[key] == nil else { throw .twice(key, path: path, line: line) }
            let source = ConfigurationSource.file(path: path, line: line)
            guard let texts = Self.texts(of: node, key) else {
                throw .value(key, .notOneValue, source)
            }
            if let fault = texts.lazy.compactMap({ key.kind.fault(in: $0) }).first {
                throw .value(key, fault, source)
            }
            values[key] = ConfigurationValue(texts, source)
        }
        self.values = values
    }

    /// A file with nothing but comments sets nothing.
    private static func entries(
        of text: String, _ path: String
    ) throws(ConfigurationFault) -> [(key: YAMLNode, value: YAMLNode)] {
        let node: YAMLNode?
        do { node = try YAMLNode.read(text) } catch {
            throw .syntax(path: path, line: error.line, detail: error.problem)
        }
        guard let node, !node.isNothing else { return [] }
        guard case .mapping(let members) = node.content else {
            throw .notKeys(path: path, line: node.line)
        }
        return members
    }

    /// Nil for what is neither one value nor a list where one belongs.
    private static func texts(of node: YAMLNode, _ key: ConfigurationKey) -> [String]? {
        if let scalar = node.scalar { return [node.isNothing ? "" : scalar] }
        guard key.kind.isList, case .sequence(let items) = node.content, !items.isEmpty else {
            return nil
        }
        let texts = items.compactMap(\.scalar)
        return texts.count == items.count ? texts : nil
    }
}
