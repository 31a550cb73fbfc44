/// The tables that a replica and a hub's file share. Source: docs/architecture.md, "The file".
package enum SharedTables {
    /// Version 1. A frozen file is only added to.
    package static let version1: [String] = [
        """
        CREATE TABLE meta(
            key TEXT PRIMARY KEY,
            value
        ) WITHOUT ROWID
        """,
        // A row per record: `fields` is canonical JSON, `clock` the stamps (see ClockBytes).
        """
        CREATE TABLE records(
            row INTEGER PRIMARY KEY,
            collection TEXT NOT NULL,
            id BLOB NOT NULL,
            fields TEXT NOT NULL,
            clock BLOB NOT NULL,
            position INTEGER NOT NULL,
            UNIQUE(id, collection)
        )
        """,
        // Devices that registers name, as the small integers that clocks hold.
        """
        CREATE TABLE peers(
            peer INTEGER PRIMARY KEY,
            device BLOB NOT NULL UNIQUE
        )
        """,
        // Node 0 … 63: the sums of its 64 buckets. Node 64: the hashes of the 64 nodes.
        """
        CREATE TABLE digest(
            node INTEGER PRIMARY KEY,
            children BLOB NOT NULL
        )
        """,
    ]

    /// The condition of `records_hub`: a query that has it too is answered by that index.
    ///
    /// Not `IN`: SQLite builds the list as a table for each row that it writes.
    static let isHubCollection =
        "(collection = 'conflicts' OR collection = 'devices' OR collection = 'epochs' "
        + "OR collection = 'space')"

    /// Version 2.
    package static let version2: [String] = [
        """
        CREATE INDEX records_hub ON records(collection)
        WHERE collection IN ('conflicts', 'devices', 'epochs', 'space')
        """,
        // Records that are not deleted, by collection.
        """
        CREATE TABLE counts(
            collection TEXT PRIMARY KEY,
            live INTEGER NOT NULL
        ) WITHOUT ROWID
        """,
        """
        INSERT INTO counts
        SELECT collection, sum(json_extract(fields, '$._deleted') IS NOT 1)
        FROM records GROUP BY collection
        """,
    ]

    /// Version 3.
    package static let version3: [String] = [
        "DROP INDEX records_hub",
        "CREATE INDEX records_hub ON records(collection) WHERE \(isHubCollection)",
    ]
}
