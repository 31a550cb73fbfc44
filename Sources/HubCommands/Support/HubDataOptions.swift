import ArgumentParser
import CommandKit
import HubConfiguration
import SyncHub
import SyncProtocol
import SyncStore

/// `--data DIR`, or `--database URL --space NAME`, or what the configuration says of them; and the
/// store there.
struct HubDataOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(Messages.hub.dataHelp.text(), valueName: "dir"))
    var typedFolder: String?

    @OptionGroup var typedDatabase: DatabaseOptions

    @Option(
        name: .customLong("space"),
        help: ArgumentHelp(Messages.hubSpaces.spaceHelp.text(), valueName: "name"))
    var typedSpace: String?

    /// Found out once, when the arguments were read; thrown where the hub is needed, so that it is
    /// told in words of its own.
    private var found: Result<Place, any Error> = .success(Place())

    private struct Place: Sendable {
        var folder: String?
        var database = DatabasePlace(urls: [], masterKeyFile: nil)
        var space: String?
        var quota: (changes: Int, bytes: Int)?
    }

    private enum CodingKeys: CodingKey {
        case typedFolder, typedDatabase, typedSpace
    }

    var configuration: ConfigurationOption { typedDatabase.configuration }

    /// What was typed.
    var options: [ConfigurationKey: [String]] {
        typedDatabase.options.merging([
            .data: typedFolder.map { [$0] } ?? [], .space: typedSpace.map { [$0] } ?? [],
        ]) { $1 }
    }

    mutating func validate() throws {
        let (configuration, options) = (configuration, options)
        found = Result {
            let settings = try configuration.settings(options)
            return Place(
                folder: settings.text(.data), database: DatabasePlace(settings),
                space: settings.text(.space),
                quota: (settings.count(.quotaChanges), settings.count(.quotaBytes)))
        }
    }

    /// - Throws: `ConfigurationFault`, `CommandFailure` if the configuration cannot be used.
    func check() throws { _ = try found.get() }

    private var foundPlace: Place { (try? found.get()) ?? Place() }

    /// The hub's data folder; nil if none is named.
    var folderPath: String? { foundPlace.folder }
    var database: DatabasePlace { foundPlace.database }
    var space: String? { foundPlace.space }

    /// The options that name the hub to another command, as messages repeat them.
    var place: String {
        guard let space, let shown = database.shown else { return "--data \(folderPath ?? "DIR")" }
        return "--database \(shown) --space \(space)"
    }

    /// Whether a folder is named, and nothing else.
    var isFolder: Bool { folderPath != nil && !database.isNamed && space == nil }

    /// - Throws: `CommandFailure`, `ConfigurationFault`, `HubFolderFault`, `StoreError`.
    func open() throws -> SQLHubStore {
        try check()
        let store =
            switch (folderPath, database.isNamed, space) {
            case (let path?, false, nil): try HubFolder(path).open(environment: .system).store
            case (nil, true, let space?): try database.open(space).store
            default: throw Self.usage
            }
        if let quota = foundPlace.quota {
            store.use(DeliveryQuota(changes: quota.changes, bytes: quota.bytes))
        }
        return store
    }

    static var usage: CommandFailure {
        let words = Messages.hubSpaces
        return CommandFailure(
            "which_store", words.whichStore.text(), mend: words.whichStoreMend.text(),
            status: .usage)
    }
}

/// `--data DIR`, or what the configuration says of it, where nothing else will do.
struct HubFolderOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(Messages.hub.dataHelp.text(), valueName: "dir"))
    var typedFolder: String?

    @OptionGroup var configuration: ConfigurationOption

    /// - Throws: `ConfigurationFault`, `CommandFailure` if none is named.
    func path() throws -> String {
        let settings = try configuration.settings([.data: typedFolder.map { [$0] } ?? []])
        guard let path = settings.text(.data) else {
            let words = Messages.hubConfiguration
            throw CommandFailure(
                "no_folder", words.noFolder.text(), mend: words.noFolderMend.text(),
                status: .usage)
        }
        return path
    }
}
