/// What a value must be. A value is text wherever it comes from: YAML's guesses (`no`, `0x10`) are
/// not asked.
public enum ConfigurationValueKind: Sendable, Hashable {
    case text
    /// A file or folder.
    case path
    /// A file that holds a secret: the path, never the secret.
    case secretFile
    /// Databases, in their order: a list, or one alone. Without a password.
    case addresses
    /// `HOST:PORT`.
    case listenAddress
    /// `true` or `false`.
    case flag
    case oneOf([String])
    case count(ClosedRange<Int>)
    /// Which backups stay, such as `7d,4w,12m`.
    case plan

    public var isList: Bool { self == .addresses }
}

/// What is wrong with a value.
public enum ConfigurationValueFault: Sendable, Hashable {
    /// Nothing stands there.
    case empty
    /// A list where one value belongs, or a mapping.
    case notOneValue
    case notListenAddress
    case notFlag
    case notOneOf([String])
    case notCount(ClosedRange<Int>)
    case notPlan
    /// The secret itself, where the path of its file belongs.
    case secret
    /// A password in an address.
    case password
}

extension ConfigurationValueKind {
    /// What is wrong with a value; nil if nothing is.
    public func fault(in text: String) -> ConfigurationValueFault? {
        guard !text.isEmpty else { return .empty }
        switch self {
        case .text: return text.contains(where: \.isNewline) ? .notOneValue : nil
        case .path, .secretFile:
            // A key pasted in, as PEM or as the 64 digits of a master key.
            let isSecret = text.contains("-----BEGIN") || text.contains(where: \.isNewline)
            return isSecret || Self.isHexKey(text) ? .secret : nil
        case .addresses: return Self.hasPassword(text) ? .password : nil
        case .listenAddress: return ListenAddress(text) == nil ? .notListenAddress : nil
        case .flag: return Bool(text) == nil ? .notFlag : nil
        case .oneOf(let words): return words.contains(text) ? nil : .notOneOf(words)
        case .count(let range):
            guard let number = Int(text), range.contains(number) else { return .notCount(range) }
            return nil
        case .plan: return Self.isPlan(text) ? nil : .notPlan
        }
    }

    private static func isHexKey(_ text: String) -> Bool {
        text.utf8.count == 64 && text.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    /// `scheme://user:PASSWORD@host/…`, or `password=` among what follows. Source: PostgreSQL's
    /// documentation, 34.1.1.2, "Connection URIs".
    private static func hasPassword(_ address: String) -> Bool {
        let lower = address.lowercased()
        if lower.firstRange(of: "password=") != nil { return true }
        guard let start = address.firstRange(of: "://")?.upperBound else { return false }
        let authority = address[start...].prefix { $0 != "/" && $0 != "?" }
        guard let end = authority.lastIndex(of: "@") else { return false }
        return authority[..<end].contains(":")
    }

    /// Counts with a unit each, no unit twice: the form that `sync-hub backup --keep` takes.
    private static func isPlan(_ text: String) -> Bool {
        var units: Set<Character> = []
        return text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { part in
            guard let unit = part.last, "dwm".contains(unit), units.insert(unit).inserted,
                let count = Int(part.dropLast())
            else { return false }
            return (1...1_000).contains(count)
        }
    }
}
