import ArgumentParser
import CommandKit

/// `sync-audit`: compares replicas and proves the log. Reads everything, writes nothing but the
/// files it is told to write.
@main
struct SyncAuditProgram: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sync-audit", abstract: Messages.audit.abstract.text(),
            version: ProgramVersion.current,
            subcommands: [
                DiffCommand.self,
                VerifyCommand.self, CheckpointCommand.self,
                HistoryCommand.self, ConflictsCommand.self,
                ProveCommand.self, CheckProofCommand.self, ReportCommand.self,
            ])
    }

    static func main() async {
        await CommandRunner.run(SyncAuditProgram.self) { AuditFailures.words(for: $0) }
    }
}
