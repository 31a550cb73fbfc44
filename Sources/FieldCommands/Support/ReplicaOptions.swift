import ArgumentParser
import CommandKit
import SharedWords
import SyncReplica
import SyncStore

/// The options of every command of `sync-field`: which replica, and how to print.
struct ReplicaOptions: ParsableArguments {
    @Option(
        name: .customLong("replica"),
        help: ArgumentHelp(Messages.fieldHelp.replica.text(), valueName: "file"))
    var file: String?

    @OptionGroup var globals: GlobalOptions

    var isJSON: Bool { globals.isJSON }

    var path: String { file ?? DefaultReplica.path(in: .process) }

    /// - Throws: `ReplicaFault.missing` and what else `Replica` throws.
    func open() throws -> OpenReplica {
        try OpenReplica(
            Replica(path: path, environment: .system, views: StoreViews.all))
    }

    /// For commands that only read: where the file cannot be written (a read-only medium, another
    /// user's file), a copy of it is read. One that a newer version wrote is read as it is.
    ///
    /// - Throws: as `open`; `CommandFailure` if it cannot be read either.
    func openForReading() throws -> OpenReplica {
        do {
            let replica = try Replica(
                path: path, environment: .system, views: StoreViews.all, readsNewer: true)
            if replica.isNewer {
                Console.current.warn(Messages.failures.onlyRead.text(["path": path]))
            }
            return try OpenReplica(replica)
        } catch let error as StoreError where ReadOnlyCopy.helps(against: error) {
            return try OpenReplica(ReadOnlyCopy.open(path))
        }
    }
}

/// Where the replica is when nobody says so.
enum DefaultReplica {
    /// `SYNC_FIELD_REPLICA`, else `replica` in the config file, else under the XDG data folder (XDG Base Directory Specification:
    /// a relative path there is to be ignored).
    static func path(in environment: ProcessEnvironment) -> String {
        if let named = environment["SYNC_FIELD_REPLICA"], !named.isEmpty { return named }
        if let named = ConfigFile.current["replica"] { return named }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            return data + "/fieldsync/replica.sqlite"
        }
        return (environment["HOME"] ?? ".") + "/.local/share/fieldsync/replica.sqlite"
    }
}
