import ArgumentParser
import CommandKit
import ReportGathering
import SyncAudit
import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// How a checkpoint is written.
enum CheckpointFormat: String, ExpressibleByArgument, CaseIterable {
    case json, note
}

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

    @Option(help: ArgumentHelp(Messages.auditVerify.formatHelp.text(), valueName: "json|note"))
    var format = CheckpointFormat.json

    @OptionGroup var hub: HubOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let checkpoint = try await newest()
        let line =
            format == .note
            ? Array(try await note(checkpoint).utf8)
            : checkpoint.encoded + [UInt8(ascii: "\n")]
        let console = Console.current
        guard let output else {
            // The checkpoint is JSON: it is the document, with --json too.
            return console.write(String(decoding: line, as: UTF8.self))
        }
        guard try FileBytes.create(line, at: output, mode: 0o644) else {
            throw CommandFailure.fileExists(path: output)
        }
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

    /// The hub signs a note itself: only at its address can one be had. It must be of the log that
    /// the checkpoint is of, or of one that has grown since.
    private func note(_ checkpoint: Checkpoint) async throws -> String {
        let words = Messages.auditVerify
        guard AuditSource.isAddress(file) else {
            throw CommandFailure(
                "note_by_address", words.noteByAddress.text(), mend: words.noteByAddressMend.text(),
                status: .usage)
        }
        let text = try await hub.connected(to: file) { transport, access in
            try await transport.send(WireRequest(.get, "/checkpoint", token: access.token))
                .content()
        }
        let head = checkpoint.head.head
        let found = String(decoding: text, as: UTF8.self)
        guard let note = CheckpointNote(found, hub: checkpoint.hubKey, space: head.space),
            note.size > head.size || note == CheckpointNote(head)
        else {
            throw DiffFault(.contradiction, name: file, detail: "checkpoint")
        }
        return found
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
