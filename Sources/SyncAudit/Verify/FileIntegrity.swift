import SyncStore

/// The file itself: how it is built, SQLite's own check of pages and indexes, the classes of what
/// is stored.
enum FileIntegrity {
    /// Lines that SQLite gives at most.
    private static let lineLimit = 20

    /// Reports what is wrong with the file.
    ///
    /// - Returns: whether its tables can be read and are whole.
    static func check(
        _ store: StoreConnection, _ structure: FileStructure, _ log: ProblemLog
    ) throws -> Bool {
        checkStructure(structure, log)
        guard structure.isReadable else { return false }
        // Of a file with tables that are not ours only ours are looked at: a check of a planted
        // one would run what it defines.
        let names = structure.faults.isEmpty ? [nil] : structure.tables.map { $0.name as String? }
        var isWhole = true
        for name in names where try !isSound(store, name, log) { isWhole = false }
        if isWhole { try StorageClasses(store: store, log: log).check(structure.tables) }
        return isWhole
    }

    /// The same on another core, through a connection of its own, while the caller reads on.
    static func beside(_ file: AuditFile) -> Beside<Result<Finding, any Error>> {
        Beside {
            Result {
                try file.beside.read { store in
                    let log = ProblemLog()
                    let isWhole = try check(store, file.structure, log)
                    return Finding(isWhole: isWhole, problems: FoundProblems(log))
                }
            }
        }
    }

    struct Finding: Sendable {
        /// Whether the file's tables can be read and are whole.
        let isWhole: Bool
        let problems: FoundProblems
    }

    static func checkStructure(_ structure: FileStructure, _ log: ProblemLog) {
        for fault in structure.faults {
            log.add(
                .structureAltered, .structure(fault.name),
                .init(.reason, "\(fault.type) \(fault.kind.rawValue)"))
        }
    }

    /// - Parameter table: nil: the whole file.
    private static func isSound(
        _ store: StoreConnection, _ table: String?, _ log: ProblemLog
    ) throws -> Bool {
        var isSound = true
        do {
            try store.each("PRAGMA integrity_check(\(table ?? String(lineLimit)))") { row in
                let line = row.text(0)
                guard line != "ok" else { return }
                isSound = false
                log.add(.fileDamaged, .file, .init(.reason, line))
            }
        } catch let error as StoreError where error.kind == .corrupt {
            isSound = false
            log.add(.fileDamaged, .file, .init(.reason, error.detail))
        }
        return isSound
    }
}
