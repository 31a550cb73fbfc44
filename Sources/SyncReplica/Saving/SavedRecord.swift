public import SyncCore
import SyncStore

/// A record after a save.
public struct SavedRecord: Sendable {
    private enum Content {
        case state(RecordState)
        /// Read only if somebody asks: an import does not.
        case new(NewRecord, Stamp)
    }

    private let content: Content
    /// The claimed stamp time of the change; nil if nothing changed.
    public let stamp: StampTime?

    init(_ state: RecordState, stamp: StampTime?) {
        content = .state(state)
        self.stamp = stamp
    }

    init(_ record: NewRecord, stamp: Stamp) {
        content = .new(record, stamp)
        self.stamp = stamp.time
    }

    public var state: RecordState {
        switch content {
        case .state(let state): state
        case .new(let record, let stamp): record.state(stamp: stamp)
        }
    }
}
