import ArgumentParser
import CommandKit
import SyncAudit
import SyncCore
import SyncProtocol
import SyncStore

/// `sync-audit checkpoint`: keeps the newest signed head, for a later `verify --since`.
struct CheckpointCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "checkpoint", abstract: Messages.auditVerify.checkpointAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.auditVerify.checkpointFileHelp.text(), valueName: "a"))
    var file: String

    @Option(help: ArgumentHelp(Messages.auditVerify.outputHelp.text(), valueName: "file"))
    var output: String?

    @OptionGroup var hub: HubOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let checkpoint = try await newest()
        let line = checkpoint.encoded + [UInt8(ascii: "\n")]
        let console = Console.current
        guard let output else {
            // The checkpoint is JSON: it is the document, with --json too.
            return console.write(String(decoding: line, as: UTF8.self))
        }
        try NewFile.create(line, at: output)
        let head = checkpoint.head.head
        if globals.isJSON {
            return console.print([
                "file": .string(output), "hub_key": .string(checkpoint.hubKey.hex),
                "space": .string(head.space.hex), "epoch": .string(head.epoch.hex),
                "size": .int(Int(head.size)), "root": .string(head.root.hex),
                "time": .time(head.time),
            ])
        }
        let words = Messages.auditVerify
        console.print(words.saved.text(["size": head.size, "path": output]))
        console.say(words.savedNext.text(["path": output]))
    }

    private func newest() async throws -> Checkpoint {
        let key = try hub.key()
        guard AuditSource.isAddress(file) else {
            return try Checkpoint.newest(of: file, key: key)
        }
        return try await hub.connected(to: file) { transport, access in
            try await Checkpoint.newest(
                ofAddress: file, transport: transport, access: access, key: key,
                environment: .system)
        }
    }
}
