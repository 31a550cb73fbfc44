public import SyncCore
public import SyncProtocol
import SyncStore

/// Why a hub goes on under a new epoch.
enum EpochCause {
    /// A device showed a head that the journal does not hold: it was put back.
    case headUnknown(SignedHead)
    /// The operator restored a backup.
    case restore
    /// The operator opened it by hand.
    case opened
    /// The hub's clock was ahead, and is set right.
    case clock

    var name: String {
        switch self {
        case .headUnknown: "head_unknown"
        case .restore: "restore"
        case .opened: "opened"
        case .clock: "clock"
        }
    }
}

extension SQLHubStore {
    /// Opens a new epoch: a batch of the hub's own, the first under its name.
    func open(_ cause: EpochCause, _ store: StoreConnection) throws {
        let meta = MetaTable(store)
        let journal = JournalTable(store)
        let size = try journal.size()
        let head = try journal.head(size).head
        guard let parent = try meta.blob(HubKey.epoch).flatMap({ EpochID(bytes: $0) }) else {
            throw StoreError(.corrupt, path: file.path, detail: "epoch")
        }
        var isReset = false
        if case .clock = cause { isReset = true }
        let time = try hubTime(store, isReset: isReset)
        var fields: [String: Value] = [
            "parent": .text(parent.hex), "size": .number(Double(size)),
            "root": .text(head.root.hex), "cause": .text(cause.name),
            "opened_at": .number(Double(time)),
        ]
        if case .headUnknown(let unknown) = cause {
            fields["unknown"] = .text(String(decoding: unknown.encoded, as: UTF8.self))
        }
        let epoch = environment.randomID()
        try meta.set(HubKey.epoch, .blob(epoch.bytes))
        let edit = Edit(RecordKey(HubCollection.epochs, epoch), .write(fields))
        _ = try act([edit], store, isReset: isReset)
        switch cause {
        case .restore, .opened: try meta.set(HubKey.openedByHand, .integer(time))
        case .headUnknown, .clock: break
        }
    }

    private func hubTime(_ store: StoreConnection, isReset: Bool) throws -> Int64 {
        let last = try MetaTable(store).integer(HubKey.lastReceivedAt) ?? 0
        let now = environment.nowMilliseconds()
        return isReset ? now : max(now, last)
    }

    /// Opens an epoch by hand, and takes batches again after two hubs were found on one key.
    ///
    /// - Returns: the new epoch.
    public func openEpoch() throws -> EpochID {
        try file.write { store in
            try open(.opened, store)
            try MetaTable(store).set(HubKey.split, nil)
        }
        return try facts().epoch
    }

    /// Sets right a clock that was ahead: receipts go on from the wall clock.
    ///
    /// - Returns: how far it was ahead, in milliseconds; nil if it is not.
    public func resetClock() throws -> Int64? {
        try file.write { store in
            let last = try MetaTable(store).integer(HubKey.lastReceivedAt) ?? 0
            let ahead = last - environment.nowMilliseconds()
            guard ahead > 0 else { return nil }
            try open(.clock, store)
            return ahead
        }
    }

    /// Every epoch of the journal, the oldest first.
    public func epochs() throws -> [EpochRecord] {
        try file.read { store in
            var found: [EpochRecord] = []
            try RecordTable(store).each(collection: HubCollection.epochs) {
                found.append(EpochRecord(try $0.state()))
            }
            return found.sorted { $0.size < $1.size }
        }
    }
}

/// One unbroken history of a journal, as its record tells.
public struct EpochRecord: Sendable {
    public let id: EpochID
    public let parent: EpochID?
    /// The size at which it began.
    public let size: Int64
    /// `head_unknown`, `restore`, `opened`, `clock`; nil for the first.
    public let cause: String?
    /// Milliseconds since 1970; nil for the first.
    public let openedAt: Int64?
    /// The head that the hub did not hold.
    public let unknown: Head?

    init(_ state: RecordState) {
        func text(_ name: String) -> String? { state[name]?.value.value.text }
        func integer(_ name: String) -> Int64? {
            state[name]?.value.value.integer.map { Int64($0) }
        }
        id = state.key.id
        parent = text("parent").flatMap { EpochID(hex: $0) }
        size = integer("size") ?? 0
        cause = text("cause")
        openedAt = integer("opened_at")
        unknown = text("unknown").flatMap { try? SignedHead(encoded: Array($0.utf8)).head }
    }
}
