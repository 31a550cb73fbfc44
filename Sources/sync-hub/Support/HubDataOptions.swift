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

    /// As messages name it.
    var place: String { folderPath ?? space ?? "" }

    /// - Throws: `CommandFailure` (usage) unless a folder was named.
    func folder() throws -> HubFolder {
        guard let folderPath, database.url == nil else {
            let words = Messages.hubSpaces
            throw CommandFailure(
                "folder_only", words.folderOnly.text(), mend: words.folderOnlyMend.text(),
                status: .usage)
        }
        return HubFolder(folderPath)
    }

    func open() throws -> SQLHubStore { try openWithKey().store }

    /// - Throws: `CommandFailure`, `HubFolderFault`, `StoreError`.
    func openWithKey() throws -> (store: SQLHubStore, key: SigningKey) {
        switch (folderPath, database.url, space) {
        case (let path?, nil, nil): return try HubFolder(path).open(environment: .system)
        case (nil, _?, let space?): return try database.open(space)
        default:
            let words = Messages.hubSpaces
            throw CommandFailure(
                "which_store", words.whichStore.text(), mend: words.whichStoreMend.text(),
                status: .usage)
        }
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
