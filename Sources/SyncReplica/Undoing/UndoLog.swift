import SyncCore
import SyncProtocol
import SyncStore

/// Which saves were taken back, and by which: so that a second undo goes on to the save before,
/// and an undo can be taken back too. Within one transaction.
///
/// One row of `meta` for each save taken back, under `undo/` and its first stamp time: its last
/// stamp time, then the first and last of what took it back (the same as its own if nothing had to
/// be written).
struct UndoLog {
    struct Entry {
        let undone: ClosedRange<StampTime>
        let undoing: ClosedRange<StampTime>
    }

    static let prefix = "undo/"
    private let store: StoreConnection
    private let entriesByFirst: [StampTime: Entry]

    init(_ store: StoreConnection) throws {
        self.store = store
        var entries: [StampTime: Entry] = [:]
        // "0" is the character after "/".
        try store.each("SELECT key, value FROM meta WHERE key > 'undo/' AND key < 'undo0'") { row in
            let hex = row.text(0).dropFirst(Self.prefix.count)
            let stamps = row.text(1).split(separator: " ").compactMap { StampTime(hex: $0) }
            guard let first = StampTime(hex: hex), stamps.count == 3, first <= stamps[0],
                stamps[1] <= stamps[2]
            else { return }
            entries[first] = Entry(undone: first...stamps[0], undoing: stamps[1]...stamps[2])
        }
        entriesByFirst = entries
    }

    func note(undone: ClosedRange<StampTime>, undoing: ClosedRange<StampTime>) throws {
        let stamps = [undone.upperBound, undoing.lowerBound, undoing.upperBound].map(\.hex)
        try MetaTable(store).set(
            Self.prefix + undone.lowerBound.hex, .text(stamps.joined(separator: " ")))
    }

    /// Whether an undo stands, or was taken back itself.
    private func stands(_ entry: Entry) -> Bool {
        guard entry.undoing != entry.undone, let later = entriesByFirst[entry.undoing.lowerBound]
        else { return true }
        return !stands(later)
    }

    private func isUndoing(_ stamp: StampTime) -> Bool {
        entriesByFirst.values.contains { $0.undoing.contains(stamp) && $0.undoing != $0.undone }
    }

    /// Whether a change was taken back, or is part of an undo: then a further undo passes it over.
    func isSettled(_ stamp: StampTime) -> Bool {
        isUndoing(stamp)
            || entriesByFirst.values.contains { $0.undone.contains(stamp) && stands($0) }
    }

    /// The stamps of the newest undo that stands; nil if there is none.
    var lastUndo: ClosedRange<StampTime>? {
        entriesByFirst.values
            .filter { stands($0) && $0.undoing != $0.undone && !isUndoing($0.undone.lowerBound) }
            .max { $0.undoing.lowerBound < $1.undoing.lowerBound }?.undoing
    }
}
