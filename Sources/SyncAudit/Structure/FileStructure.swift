// Whether a file is built as this program builds one.
//
// Problem: a file is data, but SQLite lets it hold a program: a view in a table's place can hide a
// row from whoever asks, a trigger acts when a row is written, a CHECK runs when one is looked at.
// Idea: the tables of the file's version are made anew in memory, and the two schemas compared,
// object by object, text by text, before anything else is read. Nothing that the file defines runs.

import SyncReplica
import SyncStore

/// An object of a file's schema that is not as this version makes it.
public struct StructureFault: Sendable, Equatable {
    public enum Kind: String, Sendable { case added, missing, altered }

    /// SQLite's word: table, index, trigger, view; `page` for the file's own settings.
    public let type: String
    public let name: String
    public let kind: Kind
}

/// How a file is built, beside how it must be.
struct FileStructure {
    /// What is not as it must be.
    let faults: [StructureFault]
    /// The tables that this version makes, with their columns.
    let tables: [TableShape]

    /// Whether every table that the programs read is a table, and just theirs.
    var isReadable: Bool {
        !faults.contains { fault in
            fault.kind != .added && fault.type == "table" || fault.type == "page"
        }
    }

    /// - Parameter views: those that people may find in a replica; others are not ours.
    init(
        _ store: StoreConnection, _ purpose: StoreFile.Purpose, views: [ViewDescription]
    ) throws {
        let version = try store.integer("PRAGMA user_version")
        let all = purpose == .hub ? HubTables.versions : ReplicaTables.versions
        let fresh = try StoreFile(
            temporaryFor: purpose, tables: Array(all.prefix(Int(max(version, 0)))))
        var (expected, tables): ([SchemaObject], [TableShape]) = ([], [])
        try fresh.read { own in
            expected = try SchemaObject.all(own)
            tables = try TableShape.all(own)
        }
        self.tables = tables
        let found = try SchemaObject.all(store)
        faults = try Self.settings(store) + Self.compare(found, expected, views)
    }

    private static func compare(
        _ found: [SchemaObject], _ expected: [SchemaObject], _ views: [ViewDescription]
    ) -> [StructureFault] {
        var faults: [StructureFault] = []
        var left = Dictionary(
            expected.map { ($0.title, $0) }, uniquingKeysWith: { first, _ in first })
        // May be missing; what is there says what ours says.
        var allowed = Dictionary(
            views.map { ("view \($0.name)", $0.text) }, uniquingKeysWith: { first, _ in first })
        allowed["table \(BackupSecrets.table)"] = BackupSecrets.definition
        for object in found {
            if let own = left.removeValue(forKey: object.title) {
                if own != object { faults.append(object.fault(.altered)) }
            } else if let text = allowed[object.title] {
                if !object.text.utf8.elementsEqual(text.utf8) {
                    faults.append(object.fault(.altered))
                }
            } else {
                faults.append(object.fault(.added))
            }
        }
        for object in expected where left[object.title] != nil {
            faults.append(object.fault(.missing))
        }
        return faults
    }

    /// Settings under which the same bytes would be read otherwise.
    private static func settings(_ store: StoreConnection) throws -> [StructureFault] {
        var faults: [StructureFault] = []
        try store.each("PRAGMA encoding") { row in
            guard row.text(0) != "UTF-8" else { return }
            faults.append(StructureFault(type: "page", name: "encoding", kind: .altered))
        }
        if try store.integer("PRAGMA page_size") != 4096 {
            faults.append(StructureFault(type: "page", name: "page_size", kind: .altered))
        }
        return faults
    }
}

/// A row of `sqlite_schema`.
private struct SchemaObject: Equatable {
    let type: String
    let name: String
    let table: String
    /// Empty for what SQLite makes itself.
    let text: String

    var title: String { "\(type) \(name)" }

    func fault(_ kind: StructureFault.Kind) -> StructureFault {
        StructureFault(type: type, name: name, kind: kind)
    }

    static func all(_ store: StoreConnection) throws -> [SchemaObject] {
        var objects: [SchemaObject] = []
        try store.each(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name, type"
        ) {
            objects.append(
                SchemaObject(
                    type: $0.text(0), name: $0.text(1), table: $0.text(2), text: $0.text(3)))
        }
        return objects
    }

    /// Swift's `==` takes NFC and NFD for the same; SQLite does not.
    static func == (a: SchemaObject, b: SchemaObject) -> Bool {
        zip([a.type, a.name, a.table, a.text], [b.type, b.name, b.table, b.text])
            .allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}

/// A table of this version and the classes that its columns may hold.
struct TableShape {
    struct Column {
        let name: String
        /// As declared; empty: anything.
        let type: String
        let mayBeNull: Bool
    }

    let name: String
    let columns: [Column]
    let hasRowNumber: Bool

    static func all(_ store: StoreConnection) throws -> [TableShape] {
        var names: [(name: String, text: String)] = []
        try store.each(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' "
                + "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        ) { names.append(($0.text(0), $0.text(1))) }
        return try names.map { table in
            var columns: [Column] = []
            try store.each("PRAGMA table_info(\(table.name))") { row in
                columns.append(
                    Column(
                        name: row.text(1), type: row.text(2),
                        mayBeNull: row.integer(3) == 0 && row.integer(5) == 0))
            }
            return TableShape(
                name: table.name, columns: columns,
                hasRowNumber: !table.text.hasSuffix("WITHOUT ROWID"))
        }
    }
}
