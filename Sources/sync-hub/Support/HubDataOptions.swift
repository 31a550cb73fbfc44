import ArgumentParser
import CommandKit
import SyncHub
import SyncProtocol
import SyncStore

/// `--data DIR`, and the store in it.
struct HubDataOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(Messages.hub.dataHelp.text(), valueName: "dir"))
    var data: String

    var folder: HubFolder { HubFolder(data) }

    func open() throws -> SQLiteHubStore {
        try folder.open(environment: .system).store
    }
}
