import ArgumentParser
import CommandKit
import SharedWords
import SyncCore
import SyncReplica
import SyncStore

/// `backup FILE`: this replica in one file, checked.
struct Backup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backup", abstract: Messages.fieldKeeping.backupAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.keeping.backupFileHelp.text(), valueName: "file"))
    var target: String
    @Flag(
        name: .customLong("without-key"),
        help: ArgumentHelp(Messages.fieldKeeping.withoutKeyHelp.text()))
    var withoutKey = false
    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let report = try options.open().replica.backUp(to: target, withKey: !withoutKey)
        let console = Console.current
        if options.isJSON { return console.print(report.json(path: target)) }
        let words = Messages.fieldKeeping
        console.print(
            words.backedUp.text([
                "n": report.records, "path": target, "size": ByteCount.text(report.bytes),
            ]))
        if report.pending > 0 { console.say(words.notSent.text(["n": report.pending])) }
        if report.hasKey { console.say(words.secret.text()) }
    }
}

/// `restore FILE`: a replica of a backup.
struct Restore: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore", abstract: Messages.fieldKeeping.restoreAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.keeping.restoreFileHelp.text(), valueName: "file"))
    var source: String
    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        if let slash = options.path.lastIndex(of: "/") {
            try FilePresence.makeFolder(String(options.path[..<slash]))
        }
        let report = try Replica.restore(source, to: options.path)
        let console = Console.current
        if options.isJSON { return console.print(report.json(path: options.path)) }
        let words = Messages.fieldKeeping
        console.print(words.restored.text(["n": report.records, "path": options.path]))
        console.say((report.hasKey ? words.copyHeals : words.readOnly).text())
    }
}

extension ReplicaBackup {
    /// - Parameter path: the backup's, or the restored replica's.
    fileprivate func json(path: String) -> JSONOutput {
        [
            "path": .string(path), "device": .string(device.hex), "records": .int(records),
            "digest": .string(digest.hex), "pending": .int(pending), "bytes": .int(Int(bytes)),
            "key": .bool(hasKey), "verified": true,
        ]
    }
}
