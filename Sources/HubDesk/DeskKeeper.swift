package import CommandKit
package import SyncProtocol

/// What the page asks of the program that serves it: words and tools that the page itself lacks.
package protocol DeskKeeper: Sendable {
    /// What `doctor` says now.
    func health(in language: DeskLanguage) throws -> [HealthLine]

    /// Where dated backups were put last; nil if none were.
    func shelf() throws -> DeskShelf?

    /// The auditor's report of the whole hub, a page of its own under `PageShell.styleHash`. It
    /// takes as long as `sync-audit report`.
    ///
    /// - Parameter scratch: where a copy of the hub's file may lie meanwhile; there is nothing yet.
    func auditReport(in language: DeskLanguage, scratch: String) async throws -> String

    /// A head as `sync-audit verify --since` takes it.
    func checkpoint(of head: SignedHead) throws -> [UInt8]

    /// A head as `GET /checkpoint` serves it: a C2SP signed note.
    func note(of head: SignedHead) -> String
}

/// A folder of dated backups.
package struct DeskShelf: Sendable {
    package struct Backup: Sendable {
        let name: String
        let bytes: Int64
        /// Milliseconds since 1970.
        let madeAt: Int64

        package init(name: String, bytes: Int64, madeAt: Int64) {
            self.name = name
            self.bytes = bytes
            self.madeAt = madeAt
        }
    }

    let folder: String
    /// The newest first; nil where the hub may not look.
    let backups: [Backup]?

    package init(folder: String, backups: [Backup]?) {
        self.folder = folder
        self.backups = backups
    }
}
