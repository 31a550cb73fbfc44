/// A request as the protocol sees it, whatever carries it.
public struct WireRequest: Sendable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    public var method: Method
    /// `/v1/changes` and the like.
    public var path: String
    /// Values are plain text; the carrier escapes them.
    public var query: [(name: String, value: String)]
    /// The bearer token; nil where none is asked for.
    public var token: String?
    /// Uncompressed JSON; empty for GET.
    public var body: [UInt8]

    public init(
        _ method: Method, _ path: String, query: [(name: String, value: String)] = [],
        token: String? = nil, body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.token = token
        self.body = body
    }

    public subscript(query name: String) -> String? {
        query.first { $0.name == name }?.value
    }
}

/// An answer as the protocol sees it: body unpacked, headers checked.
public struct WireAnswer: Sendable {
    public var status: Int
    /// Uncompressed JSON.
    public var body: [UInt8]
    /// Seconds until it is worth asking again, if the answer says so (`Retry-After`).
    public var retryAfter: Int?

    public init(status: Int, body: [UInt8], retryAfter: Int? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
    }

    /// Whether headers are those of a hub's answer (nil: absent). A portal's page, a proxy's error
    /// and another version of the protocol are not.
    public static func isOfThisProtocol(contentType: String?, version: String?) -> Bool {
        let type = contentType?.split(separator: ";").first?.lowercased()
        // A note of the log is text and a tile bytes (Protocol/README.md §15); a portal's page
        // names no version.
        let own = ["application/json", "text/plain", "application/octet-stream"]
        return own.contains(type?.filter { $0 != " " } ?? "")
            && version == String(ProtocolVersion.current)
    }

    /// The body of a 200; a `WireError` for any other status.
    ///
    /// - Throws: `WireError`, or `ForeignAnswer` if an error body is not of this protocol.
    public func content() throws -> [UInt8] {
        if status == 200 { return body }
        guard var error = WireError(encoded: body, status: status) else {
            throw ForeignAnswer(.notThisProtocol, status: status)
        }
        error.retryAfter = retryAfter
        throw error
    }
}

/// An answer that is not the hub's: it changes nothing.
public struct ForeignAnswer: Error, Sendable, Equatable {
    public enum Reason: String, Sendable {
        /// Another content type, no protocol header, or JSON of another shape.
        case notThisProtocol
        case redirect
        /// Right in shape, but not signed by the pinned hub over this request.
        case notSigned
        /// Signed by a key that the hub had before: it was put back to a time before it took the
        /// present one.
        case formerKey
        /// Another key than the one that this device followed claims to be the hub's: one of the
        /// two was stolen.
        case twoKeys
        /// It began and did not come to its end.
        case cut
        /// Unpacks to more than the limits allow.
        case tooLarge
    }

    public let reason: Reason
    public let status: Int
    /// Which check failed, in one word, for the log.
    public let detail: String

    /// Whether it is something on the way that did not let the answer through, as far as that can
    /// be told: what is smaller may come through.
    public var isOfTheWay: Bool {
        reason == .cut || reason == .notThisProtocol && [502, 504].contains(status)
    }

    public init(_ reason: Reason, status: Int, detail: String = "") {
        self.reason = reason
        self.status = status
        self.detail = detail
    }
}
