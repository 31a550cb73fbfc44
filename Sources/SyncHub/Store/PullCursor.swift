import SyncCore
import SyncProtocol
import SyncStore

/// A place in a pull: the epoch's first digits, the position and the row last passed.
struct PullCursor {
    var position: Int64 = 0
    var row: Int64 = 0
    let epoch: EpochID

    private static let epochDigits = 4

    init(epoch: EpochID) {
        self.epoch = epoch
    }

    /// The place after which the records that moved above a position come.
    init(after position: Int64, epoch: EpochID) {
        self.epoch = epoch
        self.position = position
        row = .max
    }

    /// - Throws: `WireError.cursorGone` for text that this journal cannot continue from.
    init(_ text: String?, epoch: EpochID, records: RecordTable) throws {
        self.init(epoch: epoch)
        guard let text else { return }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let position = Int64(parts[1]), let row = Int64(parts[2]),
            position >= 0
        else { throw WireError.cursorGone }
        if parts[0] == epoch.hex.prefix(Self.epochDigits) {
            (self.position, self.row) = (position, row)
            return
        }
        guard position <= (try Self.commonSize(ofEpoch: parts[0], with: epoch, records)) else {
            throw WireError.cursorGone
        }
        // Rows may be numbered anew in a journal that was rebuilt: the position is gone over again.
        (self.position, self.row) = (position - 1, .max)
    }

    /// Up to which size a journal that this one has left, named by its first digits, is the same.
    private static func commonSize(
        ofEpoch digits: Substring, with epoch: EpochID, _ records: RecordTable
    ) throws -> Int64 {
        var (epoch, size) = (epoch, Int64.max)
        while let state = try records.record(RecordKey(HubCollection.epochs, epoch))?.state(),
            let parent = state["parent"]?.value.value.text.flatMap({ EpochID(hex: $0) }),
            let start = state["size"]?.value.value.integer, Int64(start) <= size
        {
            (epoch, size) = (parent, Int64(start))
            if epoch.hex.hasPrefix(digits), digits.count == epochDigits { return size }
        }
        throw WireError.cursorGone
    }

    var text: String { "\(epoch.hex.prefix(Self.epochDigits)).\(position).\(row)" }
}
