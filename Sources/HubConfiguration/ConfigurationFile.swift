import Yams

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
            let line = name.mark?.line ?? 1
            guard let word = name.scalar?.string else { throw .notKeys(path: path, line: line) }
            guard let key = ConfigurationKey(rawValue: word) else {
                throw .unknownKey(word, path: path, line: line)
            }
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
    ) throws(ConfigurationFault) -> [(Node, Node)] {
        let node: Node?
        do { node = try compose(yaml: text, .default, .default, .utf8) } catch {
            throw fault(error, text, path)
        }
        guard let node, node.null == nil else { return [] }
        guard let mapping = node.mapping else {
            throw .notKeys(path: path, line: node.mark?.line ?? 1)
        }
        return mapping.map { ($0.key, $0.value) }
    }

    /// Nil for what is neither one value nor a list where one belongs.
    private static func texts(of node: Node, _ key: ConfigurationKey) -> [String]? {
        if let scalar = node.scalar { return [isNothing(scalar) ? "" : scalar.string] }
        guard key.kind.isList, let items = node.sequence, !items.isEmpty else { return nil }
        let texts = items.compactMap { $0.scalar?.string }
        return texts.count == items.count ? texts : nil
    }

    /// `key:` and `key: ~`.
    private static func isNothing(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }

    private static func fault(
        _ error: any Error, _ text: String, _ path: String
    ) -> ConfigurationFault {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return .syntax(path: path, line: mark.line, detail: problem)
        case .duplicatedKeysInMapping(let names, _):
            let name = names.first ?? ""
            let line = secondLine(of: name, text)
            guard let key = ConfigurationKey(rawValue: name) else {
                return .unknownKey(name, path: path, line: line)
            }
            return .twice(key, path: path, line: line)
        case .reader(let problem, _, _, _):
            return .syntax(path: path, line: 1, detail: problem)
        default:
            return .syntax(path: path, line: 1, detail: String(describing: error))
        }
    }

    /// The parser tells of a key that is there twice, but not where.
    private static func secondLine(of name: String, _ text: String) -> Int {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let found = lines.indices.filter { index in
            let line = lines[index].filter { $0 != "\"" && $0 != "'" }
            return line.hasPrefix(name)
                && line.dropFirst(name.count).first { $0 != " " } == ":"
        }
        return (found.dropFirst().first ?? found.first ?? 0) + 1
    }
}
