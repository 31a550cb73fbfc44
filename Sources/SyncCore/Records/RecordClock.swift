/// The stamps of a record's registers: the newest, and those of the fields that differ from it.
public struct RecordClock: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        public let name: String
        public let stamp: Stamp

        public init(name: String, stamp: Stamp) {
            self.name = name
            self.stamp = stamp
        }
    }

    public let newest: Stamp
    /// Sorted by name; every stamp is smaller than `newest`.
    public let older: [Entry]

    public init(newest: Stamp, older: [Entry] = []) {
        self.newest = newest
        self.older = older
    }

    public func stamp(of name: String) -> Stamp {
        older.first { $0.name == name }?.stamp ?? newest
    }

    /// Whether every register was written by `device`.
    public func isOnly(_ device: DeviceID) -> Bool {
        newest.device == device && older.allSatisfy { $0.stamp.device == device }
    }
}
