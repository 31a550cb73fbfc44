import CommandKit
import OutreachSchema
import SyncStore

/// Defaults that a person would else type each time: `~/.config/fieldsync/config`.
///
/// A line each, `key = value`; `#` begins a comment. Keys: `lang`, `replica`, and fields by noun:
/// `stop.mode`, `activity.organisation`. An option and the environment go before it.
struct ConfigFile {
    /// As it was when the program started.
    static let current = ConfigFile(.process)

    private var values: [String: String] = [:]

    /// Longer files are no settings.
    private static let byteLimit = 1 << 16

    init(_ environment: ProcessEnvironment) {
        guard let path = Self.path(in: environment), FilePresence.exists(path),
            let bytes = try? FileBytes.read(path), bytes.count <= Self.byteLimit
        else { return }
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let text = line.trimmingSpaces
            guard !text.hasPrefix("#"), let sign = text.firstIndex(of: "=") else { continue }
            let key = String(text[..<sign]).trimmingSpaces.lowercased()
            values[key] = String(text[text.index(after: sign)...]).trimmingSpaces
        }
    }

    /// `XDG_CONFIG_HOME`, else `~/.config`.
    static func path(in environment: ProcessEnvironment) -> String? {
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
            return folder + "/fieldsync/config"
        }
        return environment["HOME"].map { $0 + "/.config/fieldsync/config" }
    }

    subscript(key: String) -> String? {
        values[key].flatMap { $0.isEmpty ? nil : $0 }
    }

    var language: Language? { self["lang"].flatMap { Language(tag: $0) } }

    /// Texts for the fields of a new record.
    func defaults(of collection: CollectionDescription) -> [String: String] {
        guard let noun = CollectionName.noun(of: collection.name) else { return [:] }
        var texts: [String: String] = [:]
        for field in collection.fields where field.isRepeatable && field.name != "point" {
            texts[field.name] = self["\(noun).\(field.name)"]
        }
        return texts
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String { String(self).trimmingSpaces }
}
