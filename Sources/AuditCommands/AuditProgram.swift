import ArgumentParser
import CommandKit
import ReportGathering

/// `sync-audit`: compares replicas and proves the log. Reads everything, writes nothing but the
/// files it is told to write.
public enum AuditProgram {
    /// Runs it with the arguments of the process, and ends the process with its code.
    public static func main() async {
        await CommandRunner.run(SyncAuditCommand.self) { AuditFailures.words(for: $0) }
    }
}

struct SyncAuditCommand: AsyncParsableCommand {
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
}
