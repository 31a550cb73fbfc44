import ArgumentParser
import CommandKit
import HubConfiguration
import HubKeeping
import PostgresStore
import SharedWords
import SyncCore
import SyncHub
import SyncStore

/// `--passphrase-file F`.
struct PassphraseOption: ParsableArguments {
    @Option(
        name: .customLong("passphrase-file"),
        help: ArgumentHelp(Messages.keeping.passphraseHelp.text(), valueName: "file"))
    var file: String?

    func passphrase() throws -> Passphrase? { try file.map { try Passphrase(file: $0) } }
}

/// Where backups are shelved, and how, as far as it is typed.
struct BackupOptions: ParsableArguments {
    @Option(help: ArgumentHelp(Messages.keeping.intoHelp.text(), valueName: "dir"))
    var into: String?
    @Option(help: ArgumentHelp(Messages.keeping.keepHelp.text(), valueName: "plan"))
    var keep: String?
    @OptionGroup var passphrase: PassphraseOption

    var options: [ConfigurationKey: [String]] {
        func one(_ text: String?) -> [String] { text.map { [$0] } ?? [] }
        return [
            .backupFolder: one(into), .keep: one(keep), .passphraseFile: one(passphrase.file),
        ]
    }
}

/// `sync-hub backup FILE`, or `--into DIR --keep 7d,4w,12m`: beside a running `serve` or not.
struct BackupCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backup", abstract: Messages.keeping.backupAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.keeping.backupFileHelp.text(), valueName: "file"))
    var file: String?
    @OptionGroup var data: HubDataOptions
    @OptionGroup var shelf: BackupOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let settings = try data.configuration.settings(
            data.options.merging(shelf.options) { $1 })
        let (shelf, plan, file) = try place(settings)
        let folder = shelf == nil ? nil : settings.text(.backupFolder)
        let report = try write(to: file, on: folder.flatMap { FilePresence.absolute($0) }, settings)
        let removed = plan.flatMap { shelf?.thinOut(by: $0, after: file) } ?? []
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "position": .int(Int(report.position)), "epoch": .string(report.epoch.hex),
                "digest": .string(report.digest.hex), "bytes": .int(Int(report.bytes)),
                "verified": true, "encrypted": .bool(report.isEncrypted), "path": .string(file),
                "removed": .array(removed.map { .string($0) }),
            ])
        }
        let words = Messages.keeping
        console.print(
            words.backedUp.text([
                "position": report.position, "path": file,
                "size": ByteCount.text(report.bytes),
            ]))
        if !removed.isEmpty { console.say(words.thinnedOut.text(["n": removed.count])) }
        console.say((report.isEncrypted ? words.backupEncrypted : words.backupSecret).text())
    }

    /// The file; with the shelf that it stands on and what stays there, if it is one of many. A
    /// file that was named is no part of the shelf that the configuration names.
    private func place(
        _ settings: HubSettings
    ) throws -> (shelf: BackupShelf?, plan: BackupShelf.Plan?, file: String) {
        if let file, shelf.into == nil, shelf.keep == nil { return (nil, nil, file) }
        guard file == nil, let folder = settings.text(.backupFolder) else {
            let words = Messages.keeping
            throw CommandFailure(
                "backup_where", words.backupWhere.text(), mend: words.backupWhereMend.text(),
                status: .usage)
        }
        let store = try data.open()
        defer { try? store.close() }
        let shelf = try BackupShelf(folder, of: store.facts().space)
        let plan = settings.text(.keep).flatMap { BackupShelf.Plan($0) }
        return (shelf, plan, shelf.path(at: Environment.system.nowMilliseconds()))
    }

    /// - Parameter shelf: is noted for the hub's page, which lists what stands there.
    private func write(
        to file: String, on shelf: String?, _ settings: HubSettings
    ) throws -> HubBackup.Report {
        let passphrase = try settings.text(.passphraseFile).map { try Passphrase(file: $0) }
        if let path = data.folderPath, data.isFolder {
            return try HubBackup(HubFolder(path), environment: .system)
                .write(to: file, passphrase: passphrase, shelf: shelf)
        }
        let store = try data.open()
        let scratch = try TemporaryFolder()
        return try HubBackup(
            of: store, scratch: scratch.path, environment: .system
        ).write(to: file, passphrase: passphrase, shelf: shelf)
    }
}

/// `sync-hub restore FILE --data NEWDIR`.
struct RestoreCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore", abstract: Messages.keeping.restoreAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.keeping.restoreFileHelp.text(), valueName: "file"))
    var file: String
    @OptionGroup var data: HubDataOptions
    @Option(
        name: .customLong("with"), parsing: .singleValue,
        help: ArgumentHelp(Messages.keeping.withHelp.text(), valueName: "path"))
    var sources: [String] = []
    @Option(help: ArgumentHelp(Messages.hubMoving.hubKeyHelp.text(), valueName: "file"))
    var hubKey: String?
    @OptionGroup var passphrase: PassphraseOption
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let report = try restore()
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "position": .int(Int(report.position)), "new_epoch": .bool(report.isNewEpoch),
                "epoch": .string(report.epoch.hex), "digest": .string(report.digest.hex),
                "backup_position": .int(Int(report.backupPosition)),
                "appended": .int(Int(report.appended)),
                "data": .string(data.folderPath ?? data.place),
            ])
        }
        let words = Messages.keeping
        let done = report.isNewEpoch ? words.restoredNew : words.restoredSame
        console.print(done.text(["position": report.position, "n": report.appended]))
        if report.isNewEpoch { console.say(words.restoredClaims.text(["place": data.place])) }
        console.say(words.restoredNext.text(["place": data.place]))
    }

    private func restore() throws -> HubRestore.Report {
        try data.check()
        let restore = HubRestore(environment: .system)
        let passphrase = try passphrase.passphrase()
        let key = try hubKey.map { try KeyReplaceCommand.content(of: $0) }
        if let path = data.folderPath, data.isFolder {
            return try restore.restore(
                file, to: path, with: sources, passphrase: passphrase, newerKey: key)
        }
        guard data.folderPath == nil, let space = data.space, data.database.isNamed else {
            throw HubDataOptions.usage
        }
        #if PostgreSQL
            // Whole and checked in a folder first; then it moves in.
            let spaces = try data.database.spaces(makesKey: true)
            let scratch = try TemporaryFolder()
            let folder = scratch.path + "/hub"
            let report = try restore.restore(
                file, to: folder, with: sources, passphrase: passphrase, newerKey: key)
            _ = try spaces.take(HubFolder(folder), as: space) { _, _ in }
            return report
        #else
            throw DatabasePlace.notBuilt
        #endif
    }
}
