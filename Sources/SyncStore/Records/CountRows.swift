/// The kept counts as they should be, beside those that are stored: for checks and repairs.
package struct CountRows {
    private let live: [String: Int]

    /// - Parameter live: records that are not deleted, by collection, counted one by one.
    package init(_ live: [String: Int]) {
        self.live = live.filter { $0.value != 0 }
    }

    package func areStored(in store: StoreConnection) throws -> Bool {
        try RecordTable(store).counts().filter { $0.value != 0 } == live
    }

    package func write(to store: StoreConnection) throws {
        try store.run("DELETE FROM counts")
        for (collection, count) in live.sorted(by: { $0.key < $1.key }) {
            try store.run(
                "INSERT INTO counts(collection, live) VALUES(?, ?)", .text(collection),
                .integer(Int64(count)))
        }
    }
}
