import ArgumentParser
import CommandKit
import HubConfiguration

/// `--database URL`, and the key under which its spaces keep theirs. Several databases may be
/// named: a space lies in one of them.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("database"), parsing: .singleValue,
        help: ArgumentHelp(Messages.hubSpaces.databaseHelp.text(), valueName: "url"))
    var urls: [String] = []

    @Option(
        name: .customLong("master-key-file"),
        help: ArgumentHelp(Messages.hubSpaces.masterHelp.text(), valueName: "file"))
    var masterKeyFile: String?

    @OptionGroup var configuration: ConfigurationOption

    /// What was typed.
    var options: [ConfigurationKey: [String]] {
        [.database: urls, .masterKeyFile: masterKeyFile.map { [$0] } ?? []]
    }

    /// The databases that are named, by whatever weighs most.
    ///
    /// - Throws: `CommandFailure`, `ConfigurationFault`.
    func place() throws -> DatabasePlace { DatabasePlace(try configuration.settings(options)) }
}
