#if PostgreSQL
    import CPostgres
    import SyncStore

    /// Values in PostgreSQL's binary form. Source: the types' `send` and `recv` functions.
    enum PostgresValue {
        // Type OIDs: pg_type.dat.
        static let bool: Oid = 16
        static let bytea: Oid = 17
        static let int8: Oid = 20
        static let int2: Oid = 21
        static let int4: Oid = 23
        static let text: Oid = 25

        /// The types of a statement's parameters, as its values tell them; 0: for the server to say.
        static func types(of values: [StoreValue], in sql: String) -> [Oid] {
            // A column of any class is bytes.
            let isMeta = values.count == 2 && sql.hasPrefix("INSERT INTO meta")
            return values.enumerated().map { index, value in
                switch value {
                case .null: 0
                case _ where isMeta && index == 1: bytea
                case .integer: int8
                case .text: text
                case .blob: bytea
                }
            }
        }

        static func encoded(_ value: StoreValue, as type: Oid) -> [UInt8]? {
            switch value {
            case .null: nil
            case .text(let text): Array(text.utf8)
            case .blob(let bytes): bytes
            case .integer(let number):
                switch type {
                case bool: [number == 0 ? 0 : 1]
                case int2: bigEndian(Int16(truncatingIfNeeded: number))
                case int4: bigEndian(Int32(truncatingIfNeeded: number))
                case text: Array(String(number).utf8)
                // A column of any class (`meta.value`) holds a number as its eight bytes.
                default: bigEndian(number)
                }
            }
        }

        private static func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: number.bigEndian) { Array($0) }
        }

        static func integer(_ bytes: UnsafeRawBufferPointer, _ type: Oid) -> Int64 {
            switch (type, bytes.count) {
            case (bool, 1): Int64(bytes[0])
            case (int2, 2): Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
            case (int4, 4): Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
            case (int8, 8), (bytea, 8): Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
            default: Int64(String(decoding: bytes, as: UTF8.self)) ?? 0
            }
        }
    }
#endif
