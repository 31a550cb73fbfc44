public import SyncCore

/// One line of a bundle: `{"KIND":{…}}`, canonical, and signed by someone inside.
public struct BundleItem: Sendable {
    /// What an item is. Requests go to the hub, answers to the device that they name.
    public enum Kind: String, Sendable, CaseIterable {
        case join, push, pull, ask
        /// For every device: how the hub's key came to be the present one.
        case keys
        case enrolment, page, receipt, refused, heads, batches, found

        public var isRequest: Bool { [.join, .push, .pull, .ask].contains(self) }

        /// What a hub answers with.
        public static let answers = Set(allCases.filter { !$0.isRequest })
    }

    public let kind: Kind
    /// Canonical JSON without a line end.
    public let line: [UInt8]

    /// H("bundle", line): how a carrier and a refusal name the item.
    public var hash: Hash256 { MessageKind.bundle.hash(line) }

    /// The exact bytes of the message.
    public var content: [UInt8] {
        Array(line[Self.start(kind.rawValue).count..<(line.count - 1)])
    }

    /// - Parameter content: the message, canonical.
    public init(_ kind: Kind, content: [UInt8]) {
        self.kind = kind
        line = Self.start(kind.rawValue) + content + [UInt8(ascii: "}")]
    }

    /// Takes a line as it was stored or read; nil for a kind that this version does not know.
    ///
    /// The line must be one canonical object with one member.
    public init?(line: [UInt8]) {
        guard let kind = Kind.allCases.first(where: { line.starts(with: Self.start($0.rawValue)) })
        else { return nil }
        self.kind = kind
        self.line = line
    }

    private static func start(_ name: String) -> [UInt8] { Array(#"{"\#(name)":"#.utf8) }
}

extension BundleItem {
    public init(_ request: JoinRequest) { self.init(.join, content: request.encoded) }
    public init(_ batch: SealedBatch) { self.init(.push, content: batch.envelope) }
    public init(_ push: PushRequest) { self.init(.push, content: push.encoded) }
    public init(_ ask: SignedAsk) { self.init(.ask, content: ask.encoded) }
    public init(_ answer: HeadsAnswer) { self.init(.heads, content: answer.encoded) }
    public init(_ answer: DeviceBatchesAnswer) { self.init(.batches, content: answer.encoded) }
    public init(_ answer: FoundAnswer) { self.init(.found, content: answer.encoded) }
    public init(_ pull: SignedPull) { self.init(.pull, content: pull.encoded) }
    public init(_ answer: JoinAnswer) { self.init(.enrolment, content: answer.encoded) }
    public init(_ page: PageMessage) { self.init(.page, content: page.encoded) }
    public init(_ receipt: Receipt) { self.init(.receipt, content: receipt.encoded) }
    public init(_ succession: KeySuccession) { self.init(.keys, content: succession.encoded) }
    public init(_ refusal: SignedRefusal) { self.init(.refused, content: refusal.encoded) }
}
