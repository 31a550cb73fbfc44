#if PostgreSQL
    // What a transaction has read or written is not asked for again.
    //
    // Problem: the store reads small rows one by one (a key of `meta`, a node of the tree, a record
    // of a batch), as it may in a file. Here each is a trip to a server, and a push is some fifty.
    // Idea: within a transaction such a row changes by its own writes only: a write holds the
    // space's row, a read is one snapshot. So rows are remembered, and what is written is put in
    // their place. Rows that will be asked for are sent for together (`prefetch`).

    import CPostgres
    import SyncStore

    /// Rows that are asked for by their key, within one transaction.
    final class PostgresCache {
        /// Questions by key, in the words of the store's tables.
        enum Question: Hashable {
            case meta, node, children, deviceOfPeer, peerOfDevice, writer, record, size
        }

        /// A statement as far as it concerns remembered rows.
        enum Effect {
            /// - `columns`: those of the remembered row; nil: all.
            case asks(Question, columns: [Int32]?)
            /// Makes a row: its key's parameters, and those of its columns with their types.
            case makes(Question, key: [Int], columns: [(parameter: Int, type: Oid)])
            /// Changes the record whose row number is a parameter.
            case changesRecord(row: Int)
            /// Makes a record, if there is none of this id and collection.
            case makesRecord(id: Int, collection: Int)
            case changesPeers, changesMeta
            /// Changes remembered rows in a way that is not known here.
            case changesAny
            case none
        }

        private struct Key: Hashable {
            let question: Question
            let values: [StoreValue]
        }

        private var rows: [Key: PostgresResult] = [:]
        private var recordsByRow: [Int64: Key] = [:]
        private(set) var hasAllMeta = false

        /// More than a batch holds: a scan by key must not fill memory.
        private static let limit = 20_000

        func row(_ question: Question, _ values: [StoreValue]) -> PostgresResult? {
            if let found = rows[Key(question: question, values: values)] { return found }
            return question == .meta && hasAllMeta ? PostgresResult.empty : nil
        }

        func keep(_ question: Question, _ values: [StoreValue], _ result: PostgresResult) {
            if rows.count >= Self.limit { clear() }
            let key = Key(question: question, values: values)
            rows[key] = result
            if question == .record, result.count == 1 {
                recordsByRow[result.integer(0, 0)] = key
            }
        }

        func keepAllMeta(_ result: PostgresResult) {
            if rows.count + Int(result.count) > Self.limit { clear() }
            for row in 0..<result.count {
                keep(
                    .meta, [.text(result.text(row, 0))],
                    PostgresResult(cells: [(result.bytes(row, 1), PostgresValue.bytea)]))
            }
            hasAllMeta = true
        }

        /// Whether it is known that there is no record of this name.
        func lacksRecord(_ id: StoreValue, _ collection: StoreValue) -> Bool {
            rows[Key(question: .record, values: [id, collection])]?.count == 0
        }

        /// Takes note of a write before it is sent.
        func note(_ effect: Effect, _ values: [StoreValue]) {
            switch effect {
            case .asks, .none: break
            case .makes(let question, let key, let columns):
                keep(
                    question, key.map { values[$0] },
                    PostgresResult(
                        cells: columns.map {
                            (PostgresValue.encoded(values[$0.parameter], as: $0.type), $0.type)
                        }))
            case .makesRecord(let id, let collection):
                rows[Key(question: .record, values: [values[id], values[collection]])] = nil
            case .changesRecord(let row):
                guard case .integer(let number) = values[row],
                    let key = recordsByRow.removeValue(forKey: number)
                else { return }
                rows[key] = nil
            case .changesPeers: forget([.deviceOfPeer, .peerOfDevice])
            case .changesAny: clear()
            case .changesMeta:
                forget([.meta])
                hasAllMeta = false
            }
        }

        private func forget(_ questions: Set<Question>) {
            for key in rows.keys where questions.contains(key.question) { rows[key] = nil }
        }

        /// After a part of the transaction was undone, or a statement that is not known.
        func clear() {
            rows.removeAll()
            recordsByRow.removeAll()
            hasAllMeta = false
        }

        // MARK: Statements

        /// What a statement means here. One whose words are not in the list and that changes a table
        /// of the above forgets everything.
        static func effect(of sql: String) -> Effect {
            if let known = effects[sql] { return known }
            if sql.hasPrefix("SELECT") { return .none }
            if sql.hasPrefix("INSERT INTO peers") { return .changesPeers }
            if sql.hasPrefix("DELETE FROM meta") { return .changesMeta }
            let isOurs = tables.contains { table in
                ["INTO \(table)", "UPDATE \(table)", "FROM \(table)"].contains {
                    sql.firstRange(of: $0) != nil
                }
            }
            return isOurs ? .changesAny : .none
        }

        static let allMeta = "SELECT key, value FROM meta"
        static let recordByName =
            "SELECT row, collection, id, fields, clock, position FROM records WHERE id = ? "
            + "AND collection = ?"

        private static let effects: [String: Effect] = [
            "SELECT value FROM meta WHERE key = ?": .asks(.meta, columns: nil),
            "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET "
                + "value = excluded.value": .makes(
                    .meta, key: [0], columns: [(1, PostgresValue.bytea)]),
            "SELECT hash FROM merkle WHERE level = ? AND place = ?": .asks(.node, columns: nil),
            "INSERT INTO merkle(level, place, hash) VALUES(?, ?, ?)": .makes(
                .node, key: [0, 1], columns: [(2, PostgresValue.bytea)]),
            "SELECT children FROM digest WHERE node = ?": .asks(.children, columns: nil),
            "INSERT INTO digest(node, children) VALUES(?, ?) ON CONFLICT(node) DO UPDATE SET "
                + "children = excluded.children": .makes(
                    .children, key: [0], columns: [(1, PostgresValue.bytea)]),
            "SELECT device FROM peers WHERE peer = ?": .asks(.deviceOfPeer, columns: nil),
            "SELECT peer FROM peers WHERE device = ?": .asks(.peerOfDevice, columns: nil),
            "SELECT last_number, last_hash, last_effective, last_position FROM writers "
                + "WHERE peer = ?": .asks(.writer, columns: nil),
            "INSERT INTO writers VALUES(?, ?, ?, ?, ?) ON CONFLICT(peer) DO UPDATE SET "
                + "last_number = excluded.last_number, last_hash = excluded.last_hash, "
                + "last_effective = excluded.last_effective, "
                + "last_position = excluded.last_position": .makes(
                    .writer, key: [0],
                    columns: [
                        (1, PostgresValue.int8), (2, PostgresValue.bytea),
                        (3, PostgresValue.int8), (4, PostgresValue.int8),
                    ]),
            recordByName: .asks(.record, columns: nil),
            "SELECT row, fields, clock, position FROM records WHERE id = ? AND collection = ?":
                .asks(.record, columns: [0, 3, 4, 5]),
            RecordTable.insertionText: .makesRecord(id: 1, collection: 0),
            "UPDATE records SET fields = ?, clock = ?, position = ? WHERE row = ?":
                .changesRecord(row: 3),
            "UPDATE records SET position = ? WHERE row = ?": .changesRecord(row: 1),
            "DELETE FROM records WHERE row = ?": .changesRecord(row: 0),
            "SELECT coalesce(max(position), 0) FROM journal": .asks(.size, columns: nil),
            "INSERT INTO journal VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)": .makes(
                .size, key: [], columns: [(0, PostgresValue.int8)]),
        ]

        private static let tables = [
            "meta", "merkle", "digest", "peers", "writers", "records", "journal",
        ]
    }

    /// Rows of an answer, held as long as somebody reads them.
    final class PostgresResult {
        let handle: OpaquePointer
        let count: Int32

        static var empty: PostgresResult { PostgresResult(cells: nil) }

        init(_ handle: OpaquePointer) {
            self.handle = handle
            count = PQntuples(handle)
        }

        /// One row that nobody had to ask for; nil: none.
        convenience init(cells: [(bytes: [UInt8]?, type: Oid)]?) {
            // Without memory nothing works any more.
            let handle = PQmakeEmptyPGresult(nil, PGRES_TUPLES_OK)!
            if let cells {
                var name: [CChar] = [0]
                name.withUnsafeMutableBufferPointer { name in
                    var columns = cells.map { cell in
                        PGresAttDesc(
                            name: name.baseAddress, tableid: 0, columnid: 0, format: 1,
                            typid: cell.type, typlen: -1, atttypmod: -1)
                    }
                    PQsetResultAttrs(handle, Int32(cells.count), &columns)
                }
                for (column, cell) in cells.enumerated() {
                    guard var bytes = cell.bytes else {
                        PQsetvalue(handle, 0, Int32(column), nil, -1)
                        continue
                    }
                    let length = Int32(bytes.count)
                    if bytes.isEmpty { bytes = [0] }
                    bytes.withUnsafeMutableBytes {
                        _ = PQsetvalue(
                            handle, 0, Int32(column),
                            $0.baseAddress?.assumingMemoryBound(to: CChar.self), length)
                    }
                }
            }
            self.init(handle)
        }

        deinit { PQclear(handle) }

        func bytes(_ row: Int32, _ column: Int32) -> [UInt8]? {
            guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column)
            else { return nil }
            return Array(
                UnsafeRawBufferPointer(
                    start: start, count: Int(PQgetlength(handle, row, column))))
        }

        func text(_ row: Int32, _ column: Int32) -> String {
            String(decoding: bytes(row, column) ?? [], as: UTF8.self)
        }

        func integer(_ row: Int32, _ column: Int32) -> Int64 {
            let start = PQgetvalue(handle, row, column)
            return PostgresValue.integer(
                UnsafeRawBufferPointer(
                    start: start, count: Int(PQgetlength(handle, row, column))),
                PQftype(handle, column))
        }
    }
#endif
