import SyncCore
import SyncProtocol

/// The calls that this hub serves.
public enum HubCall: Sendable, CaseIterable {
    case about, join, changes, batches, digest, records, inclusion, consistency, journal
    case heads, deviceBatches, named, history, live, keys

    var method: WireRequest.Method {
        [.join, .batches, .heads, .named].contains(self) ? .post : .get
    }

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
        case .heads: "/v1/heads"
        case .deviceBatches: "/v1/batches"
        case .named: "/v1/records"
        case .history: "/v1/history"
        case .live: "/v1/live"
        case .keys: "/v1/keys"
        }
    }

    /// Whether the request must name the protocol's version.
    var isVersioned: Bool { self != .about && self != .keys }
    /// Whether the request must carry a bearer token.
    var needsToken: Bool { ![.about, .join, .keys].contains(self) }
    /// Whether the hub must be able to write.
    var writes: Bool { self == .join || self == .batches || self == .heads }

    /// First words after `/v1/` of what is served.
    static let served = [
        "batches", "changes", "devices", "digest", "heads", "history", "journal", "keys", "live",
        "proof", "records",
    ]

    /// The call of an address and a method.
    ///
    /// - Throws: `WireError` (not found, method not allowed, not served).
    init(path: String, method: String) throws(WireError) {
        let there = Self.allCases.filter { $0.path == path }
        if let call = there.first(where: { $0.method.rawValue == method }) {
            self = call
        } else if !there.isEmpty {
            let methods = there.map(\.method.rawValue).sorted()
            throw .method(allowed: methods.joined(separator: ", "))
        } else {
            throw .noCall(path: path)
        }
    }
}
