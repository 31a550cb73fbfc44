import SyncCore
import SyncProtocol

/// The calls that this hub serves.
public enum HubCall: Sendable, CaseIterable {
    case about, join, changes, batches, digest, records, inclusion, consistency, journal

    var method: WireRequest.Method { self == .join || self == .batches ? .post : .get }

    var path: String {
        switch self {
        case .about: "/v1"
        case .join: "/v1/devices"
        case .changes: "/v1/changes"
        case .batches: "/v1/batches"
        case .digest: "/v1/digest"
        case .records: "/v1/records"
        case .inclusion: "/v1/proof/inclusion"
        case .consistency: "/v1/proof/consistency"
        case .journal: "/v1/journal"
        }
    }

    /// Whether the request must name the protocol's version.
    var isVersioned: Bool { self != .about }
    /// Whether the request must carry a bearer token.
    var needsToken: Bool { self != .about && self != .join }
    /// Whether the hub must be able to write.
    var writes: Bool { self == .join || self == .batches }

    /// First words after `/v1/` of what is served.
    static let served = [
        "batches", "changes", "devices", "digest", "journal", "proof", "records",
    ]

    /// Calls that are fixed in version 1 and come later.
    private static let later: Set<String> = ["/v1/heads", "/v1/history"]

    /// The call of an address and a method.
    ///
    /// - Throws: `WireError` (not found, method not allowed, not served).
    init(path: String, method: String) throws(WireError) {
        let there = Self.allCases.filter { $0.path == path }
        if let call = there.first(where: { $0.method.rawValue == method }) {
            self = call
        } else if Self.later.contains(path) || (path == "/v1/batches" && method == "GET") {
            throw .notServed
        } else if let call = there.first {
            throw .method(allowed: call.method.rawValue)
        } else {
            throw .noCall(path: path)
        }
    }
}
