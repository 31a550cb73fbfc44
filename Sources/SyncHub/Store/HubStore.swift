public import SyncCore
public import SyncProtocol
public import SyncStore

/// Where a hub keeps its space. One call is one transaction; nothing is kept between calls, so
/// that any number of processes may serve one store.
///
/// Calls throw `WireError` for what a client did, `StoreError` for what the disk did.
public protocol HubStore: Sendable {
    /// What the hub says of itself.
    func facts() throws -> HubFacts

    /// The key that signs, as the last call found it.
    var signingKey: SigningKey { get }

    /// The device that holds a token; nil if none does.
    func device(tokenHash: Hash256) throws -> EnrolledDevice?

    /// The device that holds a token, and what the hub says of itself: of one moment.
    func admission(tokenHash: Hash256) throws -> (device: EnrolledDevice?, facts: HubFacts)

    /// An enrolled device by its id; nil if it is not enrolled.
    func device(_ id: DeviceID) throws -> EnrolledDevice?

    /// Takes batches whose signatures were verified: rules, journals, receipts, each as if it came
    /// alone and in this order, and all in one commit. Repeating a batch gives the same receipt.
    ///
    /// - Returns: for each its receipt, or why it was not taken; the others are taken all the same.
    func append(_ pushes: [PushRequest]) -> [Result<Receipt, any Error>]

    /// Enrols a device by an invite, by the key that it had before, or again. The same request
    /// and key give the same answer.
    func enrol(_ request: JoinRequest) throws -> JoinAnswer

    /// Record states after a cursor, with all that a signed page says.
    func page(_ query: PageQuery) throws -> PageMessage

    /// The 64 children of a digest node (nil: the top), at the newest head.
    func digest(node: Int?) throws -> (children: [Hash256], head: SignedHead)

    /// The records of one bucket as a canonical list, at the newest head.
    func bucket(_ bucket: Int) throws -> (records: [UInt8], head: SignedHead)

    /// The audit paths of positions (each 1 … `size`) in the tree of `size` leaves, and the head
    /// that was signed at that size.
    ///
    /// - Parameter size: 1 … the journal's.
    func inclusion(
        _ positions: [Int64], size: Int64
    ) throws -> (paths: [[Hash256]], head: SignedHead)

    /// Proof that the tree of `second` leaves extends the one of `first`, and the head of `second`.
    ///
    /// - Parameter second: 1 … the journal's size; `first` is at most that.
    func consistency(
        first: Int64, second: Int64
    ) throws -> (consistency: [Hash256], head: SignedHead)

    /// Journal entries from a position on: about so many bytes of them, but at least one.
    func journal(from: Int64, bytes: Int) throws -> JournalRun

    /// Entries that name a record, from a position on: about so many bytes. What is looked through
    /// for one answer is bounded, so there may be none.
    ///
    /// - Returns: with the position to go on from.
    func history(
        of key: RecordKey, from: Int64, bytes: Int
    ) throws -> (entries: [UInt8], next: Int64, head: SignedHead)

    /// The newest head.
    func newestHead() throws -> SignedHead

    /// A tile of the log: hashes (32 bytes each) or entries (each with its length in two bytes).
    ///
    /// - Returns: nil where the log has no such tile, or an entry is too long for its form.
    func tile(_ path: TilePath) throws -> [UInt8]?

    /// Which of a device's heads the hub holds, sizes falling. An unknown head of the present
    /// history opens a new epoch; one that shows a second hub on this key makes it read-only.
    ///
    /// - Parameter heads: signed by this hub.
    func standing(of heads: [SignedHead]) throws -> HeadsStanding

    /// Entries of one device's batches from a number on: about so many bytes, but at least one.
    func batches(of device: DeviceID, from number: Int64, bytes: Int) throws -> JournalRun

    /// The devices that this one came out of, the nearest first.
    func ancestors(of device: DeviceID) throws -> [DeviceID]

    /// The records of these names that are there, in the order asked, as a canonical list.
    func records(named keys: [RecordKey], bytes: Int) throws -> JournalRun

    /// Commits something that changes nothing: whether the store takes writes.
    func proveWriting() throws

    /// Notes that a device was here, and what it said of itself.
    func noteSeen(_ device: DeviceID, _ visit: DeviceVisit) throws

    /// Counts what devices deliver against these limits from now on.
    func use(_ quota: DeliveryQuota)
}

/// What a device says of itself with a pull. Nobody vouches for it: it is shown to the operator.
public struct DeviceVisit: Sendable, Equatable {
    /// Its clock minus the hub's, in milliseconds.
    public var clockDifference: Int64?
    /// Its program and version, `sync-field/1.0`.
    public var program: String?
    /// Where it finds the hub.
    public var url: String?
    /// Of the journal that it holds now, if this visit tells.
    public var size: Int64?

    public init() {}
}

extension HubStore {
    /// Takes one batch.
    public func append(_ push: PushRequest) throws -> Receipt { try append([push])[0].get() }
}

/// What the hub says of itself.
public struct HubFacts: Sendable {
    /// The hub with all its keys.
    public let hub: HubIdentity
    public let name: String
    /// IANA name.
    public let timeZone: String
    public let epoch: EpochID
    /// Batches in the journal.
    public let position: Int64
    /// The hub's time of the last receipt, in milliseconds since 1970.
    public let lastReceivedAt: Int64
    /// The head that shows a second hub on this key: nothing is taken while it is there.
    public let split: SignedHead?

    public var space: SpaceID { hub.space }
    /// The key that signs now.
    public var hubKey: PublicKey { hub.key }
    /// The key for verifiers of the log's notes: Protocol/README.md §15.
    public var logKey: String {
        CheckpointNote.verifierKey(CheckpointNote.origin(of: space), hubKey)
    }
}

/// How a hub's journal stands to a device's heads.
public struct HeadsStanding: Sendable {
    /// RFC 6962 consistency proof from `held` to `head`.
    public let consistency: [Hash256]
    /// After it come the records that moved above `held`.
    public let cursor: String
    /// Size of the largest head that the hub holds; 0 if it holds none.
    public let held: Int64
    /// The newest head.
    public let head: SignedHead
    /// The hub's time in milliseconds since 1970.
    public let now: Int64
}

/// A run of journal entries, or of records.
public struct JournalRun: Sendable {
    /// Canonical JSON: `[{"batch":{…},"leaf":{…},"signature":"…"},…]`, or
    /// `[{"position":…,"record":{…}},…]`.
    public let entries: [UInt8]
    /// Whether there is more after it.
    public let more: Bool
    /// The newest head.
    public let head: SignedHead

    public init(entries: [UInt8], more: Bool, head: SignedHead) {
        self.entries = entries
        self.more = more
        self.head = head
    }
}

/// What a device asks a pull with.
public struct PageQuery: Sendable {
    public let device: DeviceID
    public let cursor: String?
    public let have: Int64
    public let nonce: ID128
    /// First 16 bytes of H("head", …) of the largest head that the device holds.
    public let head: ID128?
    /// Records end after about so many bytes.
    public let pageBytes: Int

    public init(
        device: DeviceID, cursor: String?, have: Int64, nonce: ID128, head: ID128?,
        pageBytes: Int = Limits.pageBytes
    ) {
        self.device = device
        self.cursor = cursor
        self.have = have
        self.nonce = nonce
        self.head = head
        self.pageBytes = pageBytes
    }
}
