extension Language {
    /// Finds the language before anything is parsed, since help texts depend on it.
    ///
    /// The last readable `--lang` before `--` wins. Without one the first of `LC_ALL`,
    /// `LC_MESSAGES` and `LANG` that is not empty decides alone, as POSIX says; what it names and
    /// we do not speak (`C`, `fr_FR`) gives English.
    ///
    /// - Parameters:
    ///   - arguments: the raw ones, without the program's name.
    ///   - preferred: what the person's own settings say; goes before the locale.
    public static func chosen(
        arguments: [String], preferred: Language? = nil, environment: ProcessEnvironment
    ) -> Language {
        if let asked = separated(from: arguments).language ?? preferred { return asked }
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let locale = environment[name], !locale.isEmpty else { continue }
            return Language(tag: locale) ?? .en
        }
        return .en
    }

    /// Takes every readable `--lang` out of the arguments, so that it may stand anywhere: before a
    /// subcommand, beside `--help`. One with a value that we do not speak stays for the parser to
    /// refuse.
    static func separated(
        from arguments: [String]
    ) -> (language: Language?, arguments: [String]) {
        var language: Language?
        var kept: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" { return (language, kept + [argument] + rest) }
            if argument == "--lang", let next = rest.first, let found = Language(tag: next) {
                language = found
                rest.removeFirst()
            } else if let found = Language(joined: argument) {
                language = found
            } else {
                kept.append(argument)
            }
        }
        return (language, kept)
    }

    private init?(joined argument: String) {
        let option = "--lang="
        guard argument.hasPrefix(option) else { return nil }
        self.init(tag: String(argument.dropFirst(option.count)))
    }
}
