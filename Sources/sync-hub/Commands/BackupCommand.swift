import ArgumentParser
import CommandKit
import HubKeeping
import SyncCore
import SyncHub
import SyncStore

/// `--passphrase-file F`.
struct PassphraseOption: ParsableArguments {
    @Option(
        name: .customLong("passphrase-file"),
        help: ArgumentHelp(Messages.hubKeeping.passphraseHelp.text(), valueName: "file"))
    var file: String?

    func passphrase() throws -> Passphrase? { try file.map { try Passphrase(file: $0) } }
}

/// `sync-hub backup FILE`: beside a running `serve` or not.
struct BackupCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backup", abstract: Messages.hubKeeping.backupAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.hubKeeping.backupFileHelp.text(), valueName: "file"))
    var file: String
    @OptionGroup var data: HubFolderOptions
    @OptionGroup var passphrase: PassphraseOption
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let report = try HubBackup(data.folder, environment: .system)
            .write(to: file, passphrase: passphrase.passphrase())
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "position": .int(Int(report.position)), "epoch": .string(report.epoch.hex),
                "digest": .string(report.digest.hex), "bytes": .int(Int(report.bytes)),
                "verified": true, "encrypted": .bool(report.isEncrypted), "path": .string(file),
            ])
        }
        let words = Messages.hubKeeping
        console.print(
            words.backedUp.text([
                "position": report.position, "path": file,
                "size": ByteCount.text(report.bytes),
            ]))
        console.say((report.isEncrypted ? words.backupEncrypted : words.backupSecret).text())
    }
}

/// `sync-hub restore FILE --data NEWDIR`.
struct RestoreCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore", abstract: Messages.hubKeeping.restoreAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.hubKeeping.restoreFileHelp.text(), valueName: "file"))
    var file: String
    @OptionGroup var data: HubFolderOptions
    @Option(
        name: .customLong("with"), parsing: .singleValue,
        help: ArgumentHelp(Messages.hubKeeping.withHelp.text(), valueName: "path"))
    var sources: [String] = []
    @OptionGroup var passphrase: PassphraseOption
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let report = try HubRestore(environment: .system).restore(
            file, to: data.data, with: sources, passphrase: passphrase.passphrase())
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "position": .int(Int(report.position)), "new_epoch": .bool(report.isNewEpoch),
                "epoch": .string(report.epoch.hex), "digest": .string(report.digest.hex),
                "backup_position": .int(Int(report.backupPosition)),
                "appended": .int(Int(report.appended)), "data": .string(data.data),
            ])
        }
        let words = Messages.hubKeeping
        let done = report.isNewEpoch ? words.restoredNew : words.restoredSame
        console.print(done.text(["position": report.position, "n": report.appended]))
        if report.isNewEpoch { console.say(words.restoredClaims.text(["path": data.data])) }
        console.say(words.restoredNext.text(["path": data.data]))
    }
}
