/// What holds for a hub, weighed from all that says something: option before environment before
/// file before credential before default.
public struct HubSettings: Sendable, Equatable {
    /// Each key that has a value.
    public let values: [ConfigurationKey: ConfigurationValue]

    /// - Parameters:
    ///   - options: what the command line says.
    ///   - environment: the variable of a name; an empty one says nothing.
    ///   - file: nil without one.
    ///   - credential: the path of systemd's credential of a name; nil if there is none.
    /// - Throws: `ConfigurationFault` for a value that cannot be.
    public init(
        options: [ConfigurationKey: [String]] = [:],
        environment: (String) -> String? = { _ in nil }, file: ConfigurationFile? = nil,
        credential: (String) -> String? = { _ in nil }
    ) throws(ConfigurationFault) {
        var values: [ConfigurationKey: ConfigurationValue] = [:]
        for key in ConfigurationKey.allCases {
            let said =
                Self.option(key, options) ?? Self.variable(key, environment)
                ?? file?.values[key] ?? Self.credential(key, credential)
            if let said, let fault = said.texts.lazy.compactMap({ key.kind.fault(in: $0) }).first {
                throw .value(key, fault, said.source)
            }
            values[key] = said ?? key.standard.map { ConfigurationValue([$0], .standard) }
        }
        self.values = Self.withOnePlace(Self.withPairs(values))
    }

    private static func option(
        _ key: ConfigurationKey, _ options: [ConfigurationKey: [String]]
    ) -> ConfigurationValue? {
        guard let texts = options[key], !texts.isEmpty else { return nil }
        return ConfigurationValue(texts, .option(key.option))
    }

    private static func variable(
        _ key: ConfigurationKey, _ environment: (String) -> String?
    ) -> ConfigurationValue? {
        guard let text = environment(key.variable), !text.isEmpty else { return nil }
        let texts = key.kind.isList ? text.split(separator: " ").map(String.init) : [text]
        return texts.isEmpty ? nil : ConfigurationValue(texts, .environment(key.variable))
    }

    private static func credential(
        _ key: ConfigurationKey, _ credential: (String) -> String?
    ) -> ConfigurationValue? {
        guard let name = key.credential, let path = credential(name) else { return nil }
        return ConfigurationValue([path], .credential(name))
    }

    /// A certificate without its key is a slip, and refused later; but one of the two that is only
    /// there as a credential asks for nothing.
    private static func withPairs(
        _ values: [ConfigurationKey: ConfigurationValue]
    ) -> [ConfigurationKey: ConfigurationValue] {
        var values = values
        for (one, other): (ConfigurationKey, ConfigurationKey) in [
            (.certificate, .certificateKey), (.formerCertificate, .formerCertificateKey),
        ] {
            let weights = [one, other].compactMap { values[$0]?.source.weight }
            if weights.count == 1, weights[0] == ConfigurationSource.credential("").weight {
                values[one] = nil
                values[other] = nil
            }
        }
        return values
    }

    /// A hub is in a folder or in a database: where both are named, the heavier word holds, and
    /// what the lighter one said of the other is dropped. Of equal weight both stay, to be refused.
    private static func withOnePlace(
        _ values: [ConfigurationKey: ConfigurationValue]
    ) -> [ConfigurationKey: ConfigurationValue] {
        var values = values
        guard let folder = values[.data]?.source.weight,
            let database = values[.database]?.source.weight
        else { return values }
        if database > folder { values[.data] = nil }
        guard folder > database else { return values }
        for key: ConfigurationKey in [.database, .space, .standbys]
        where values[key]?.source.weight ?? folder < folder { values[key] = nil }
        return values
    }
}

extension HubSettings {
    private init(values: [ConfigurationKey: ConfigurationValue]) { self.values = values }

    /// These settings, with some keys as others have them.
    public func taking(_ keys: [ConfigurationKey], from other: HubSettings) -> HubSettings {
        var values = values
        for key in keys { values[key] = other.values[key] }
        return HubSettings(values: values)
    }

    /// The value; a list's first.
    public func text(_ key: ConfigurationKey) -> String? { values[key]?.texts.first }

    /// A list's values; none if nothing is set.
    public func texts(_ key: ConfigurationKey) -> [String] { values[key]?.texts ?? [] }

    public func flag(_ key: ConfigurationKey) -> Bool { text(key) == "true" }

    /// 0 if nothing is set.
    public func count(_ key: ConfigurationKey) -> Int { text(key).flatMap { Int($0) } ?? 0 }

    /// Nil if nothing is set.
    public func address(_ key: ConfigurationKey) -> ListenAddress? {
        text(key).flatMap { ListenAddress($0) }
    }
}
