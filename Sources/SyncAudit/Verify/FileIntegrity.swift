import SyncStore

/// SQLite's own check of a file: pages, indexes, constraints.
enum FileIntegrity {
    /// Lines that SQLite gives at most.
    private static let lineLimit = 20

    /// Reports what SQLite finds.
    ///
    /// - Returns: whether the file is whole.
    static func check(_ store: StoreConnection, _ log: ProblemLog) throws -> Bool {
        var isWhole = true
        do {
            try store.each("PRAGMA integrity_check(\(lineLimit))") { row in
                let line = row.text(0)
                guard line != "ok" else { return }
                isWhole = false
                log.add(.fileDamaged, .file, .init(.reason, line))
            }
        } catch let error as StoreError where error.kind == .corrupt {
            isWhole = false
            log.add(.fileDamaged, .file, .init(.reason, error.detail))
        }
        return isWhole
    }
}
