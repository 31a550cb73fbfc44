import ArgumentParser
import CommandKit
import ReportGathering
import SyncAudit
import SyncCore
import SyncProtocol

/// `sync-audit prove`: a file that shows that a record's changes are in the log.
struct ProveCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "prove", abstract: Messages.auditProof.proveAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.auditHistory.fileHelp.text(), valueName: "a"))
    var file: String

    @Argument(help: ArgumentHelp(Messages.auditHistory.recordHelp.text(), valueName: "id"))
    var record: String

    @Option(help: ArgumentHelp(Messages.auditProof.outputHelp.text(), valueName: "file"))
    var output: String?

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let file = try AuditFile(self.file)
        let key = try RecordArgument.key(record, in: file)
        let hubKey = try SpaceNames(file).hubKey ?? ""
        let proof: RecordProof
        do { proof = try RecordProof(file, of: key) } catch let fault as ProofMakingFault {
            throw ProofWords.failure(fault, of: key, in: file)
        }
        let bytes = proof.encoded
        let console = Console.current
        guard let output else {
            // The proof is JSON: it is the document, with --json too.
            return console.write(String(decoding: bytes, as: UTF8.self))
        }
        guard try FileBytes.create(bytes, at: output, mode: 0o644) else {
            throw CommandFailure.fileExists(path: output)
        }
        let changes = proof.batches.reduce(0) { count, entry in
            count + entry.batch.changes.count { $0.key == key }
        }
        if globals.isJSON {
            return console.print([
                "collection": .string(key.collection), "id": .string(key.id.hex),
                "changes": .int(changes), "batches": .int(proof.batches.count),
                "head": JSONOutput(proof.heads.last.map { Int($0.head.size) }),
                "hub_key": .string(hubKey), "file": .string(output), "bytes": .int(bytes.count),
            ])
        }
        console.print(Messages.auditProof.made.text(["n": changes, "path": output]))
        console.say(Messages.auditProof.madeNext.text(["key": hubKey]))
    }
}
