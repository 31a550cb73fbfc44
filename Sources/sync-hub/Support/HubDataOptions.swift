import ArgumentParser
import CommandKit
import SyncHub
import SyncProtocol
import SyncStore

/// `--data DIR`, or `--database URL --space NAME`, and the store there.
struct HubDataOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(Messages.hub.dataHelp.text(), valueName: "dir"))
    var folderPath: String?

    @OptionGroup var database: DatabaseOptions

    @Option(
        name: .customLong("space"),
        help: ArgumentHelp(Messages.hubSpaces.spaceHelp.text(), valueName: "name"))
    var space: String?

    /// The options that name the hub to another command, as messages repeat them.
    var place: String {
        guard let space, let shown = database.shown else { return "--data \(folderPath ?? "DIR")" }
        return "--database \(shown) --space \(space)"
    }

    /// Whether a folder is named, and nothing else.
    var isFolder: Bool { folderPath != nil && !database.isNamed && space == nil }

    /// - Throws: `CommandFailure`, `HubFolderFault`, `StoreError`.
    func open() throws -> SQLHubStore {
        switch (folderPath, database.isNamed, space) {
        case (let path?, false, nil): return try HubFolder(path).open(environment: .system).store
        case (nil, true, let space?): return try database.open(space).store
        default: throw Self.usage
        }
    }

    static var usage: CommandFailure {
        let words = Messages.hubSpaces
        return CommandFailure(
            "which_store", words.whichStore.text(), mend: words.whichStoreMend.text(),
            status: .usage)
    }
}

/// `--data DIR` where nothing else will do.
struct HubFolderOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(Messages.hub.dataHelp.text(), valueName: "dir"))
    var data: String

    var folder: HubFolder { HubFolder(data) }

    func open() throws -> SQLHubStore { try folder.open(environment: .system).store }
}
