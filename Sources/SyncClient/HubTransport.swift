public import SyncProtocol

/// Carries one request to the hub and its answer back. Decides nothing.
public protocol HubTransport: Sendable {
    /// - Throws: `TransportFault` when no answer came, `ForeignAnswer` when one came that is not
    ///   of this protocol.
    func send(_ request: WireRequest) async throws -> WireAnswer

    /// Bytes sent and received so far, headers included, as far as the transport can tell.
    var traffic: Traffic { get async }
}

/// Bytes on the wire and round trips.
public struct Traffic: Sendable, Equatable {
    public var sent = 0
    public var received = 0
    public var roundTrips = 0

    public init() {}
}

/// Why no answer came.
public struct TransportFault: Error, Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// Nobody listens there, or there is no network.
        case unreachable
        case timeout
        /// The certificate is not the one that the invite pinned.
        case certificate
        /// The address is not one that this program may use.
        case badAddress
    }

    public let kind: Kind
    /// Whether nobody was there to answer.
    var isUnanswered: Bool { kind == .unreachable || kind == .timeout }
    public let url: String
    public let detail: String

    public init(_ kind: Kind, url: String, detail: String = "") {
        self.kind = kind
        self.url = url
        self.detail = detail
    }
}
