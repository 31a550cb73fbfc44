import AuditReport
import CommandKit
import HubDesk
import HubKeeping
import ReportGathering
import SyncAudit
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

/// What a folder's hub gives its page.
struct HubDeskKeeper: DeskKeeper {
    /// What `sync-audit` finds the hub by.
    let path: String
    /// The options that name the hub to a command.
    let place: String
    let store: SQLHubStore

    func health(in language: DeskLanguage) throws -> [HealthLine] {
        var findings = try HubDoctor(HubFolder(path), environment: .system).examine()
        findings.append(.claims(try store.claims().count))
        let words = HubHealthWords(path: path, place: place)
        return Language.withCurrent(Self.spoken(language)) {
            findings.map(words.line)
        }
    }

    func shelf() throws -> DeskShelf? {
        guard let folder = try store.backupShelf() else { return nil }
        let entries = BackupShelf.entries(in: folder, of: try store.facts().space)
        return DeskShelf(
            folder: folder,
            backups: entries?.map {
                DeskShelf.Backup(name: $0.name, bytes: $0.bytes, madeAt: $0.madeAt)
            })
    }

    /// Of a copy: whoever opens and closes the hub's own file in this process, beside SQLite, takes
    /// away the locks by which other processes know that it is in use (fcntl(2); "How To Corrupt
    /// An SQLite Database File", §2.2).
    func auditReport(in language: DeskLanguage, scratch: String) async throws -> String {
        try store.copy(to: scratch) { _ in }
        return try await Language.withCurrent(Self.spoken(language)) {
            var request = ReportRequest(name: path)
            request.copy = scratch
            var collector = try ReportCollector(request)
            return try await collector.page().html()
        }
    }

    func checkpoint(of head: SignedHead) throws -> [UInt8] {
        try Checkpoint(hub: store.facts().hub, head: head).encoded
    }

    func note(of head: SignedHead) -> String {
        CheckpointNote(head.head).signed(by: store.signingKey)
    }

    private static func spoken(_ language: DeskLanguage) -> Language {
        language == .chinese ? .zhHans : .en
    }
}
