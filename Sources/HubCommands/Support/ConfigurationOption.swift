import ArgumentParser
import CommandKit
import HubConfiguration
import SyncStore

/// `--config F`: the file that says what no option and no variable says.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(Messages.hubConfiguration.configHelp.text(), valueName: "file"))
    var path: String?

    private static let variable = "FIELDSYNC_CONFIG"
    /// What an earlier release read: refused in words of its own, where it matters.
    private static let refusedElsewhere = "FIELDSYNC_MASTER_KEY"

    /// What the units of the package hand on as options, by `hub.env`.
    private static let ofThePackage = ["FIELDSYNC_OPTIONS", "FIELDSYNC_BACKUP_OPTIONS"]

    init() {}

    init(_ path: String?) {
        self.init()
        self.path = path
    }

    /// The file that is read; nil if none is named.
    var file: String? {
        path ?? ProcessEnvironment.process[Self.variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What holds, from options, environment, file and systemd's credentials; read anew each time.
    ///
    /// - Parameter options: what was typed.
    /// - Throws: `ConfigurationFault`, `CommandFailure`.
    func settings(_ options: [ConfigurationKey: [String]]) throws -> HubSettings {
        let environment = ProcessEnvironment.process
        try Self.checkNames(environment)
        let file = try file.map {
            try ConfigurationFile(
                FileBytes.read($0, limit: ConfigurationFile.sizeLimit), path: $0)
        }
        return try HubSettings(
            options: options, environment: { environment[$0] }, file: file,
            credential: { name in
                guard let folder = environment["CREDENTIALS_DIRECTORY"] else { return nil }
                let path = "\(folder)/\(name)"
                return PlainFile.mode(path) == nil ? nil : path
            })
    }

    /// A name that means nothing is a slip: what it was to say would be left out silently.
    private static func checkNames(_ environment: ProcessEnvironment) throws {
        let known =
            ConfigurationKey.allCases.map(\.variable) + [variable, refusedElsewhere] + ofThePackage
        let names = environment.names(beginning: ConfigurationKey.variablePrefix)
        guard let name = names.first(where: { !known.contains($0) }) else { return }
        let words = Messages.hubConfiguration
        let nearest = Suggestion.closest(to: name, among: known)
        throw CommandFailure(
            "bad_config", words.unknownVariable.text(["name": name]),
            mend: nearest.map { words.didYouMean.text(["key": $0]) }
                ?? words.unknownVariableMend.text(), status: .usage,
            facts: [.init("key", .string(name)), .init("nearest", JSONOutput(nearest))])
    }
}
