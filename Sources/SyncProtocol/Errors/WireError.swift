public import SyncCore

/// An error as it crosses the wire: `{"error":{"code","details","mend","message"}}`.
///
/// Holds no record contents and no secrets. Source: Protocol/README.md §9.
public struct WireError: Error, Sendable, Equatable {
    public let code: WireErrorCode
    /// What happened, in English, for logs.
    public let message: String
    /// What to do about it, in English.
    public let mend: String
    public let details: [String: JSONValue]
    /// Seconds until it is worth asking again, if the answer that brought it says so.
    public var retryAfter: Int?

    public init(
        _ code: WireErrorCode, message: String, mend: String, details: [String: JSONValue] = [:]
    ) {
        self.code = code
        self.message = message
        self.mend = mend
        self.details = details
    }

    public var encoded: [UInt8] { CanonicalJSON.bytes(["error": json]) }

    /// Without the `error` around it.
    public var json: JSONValue {
        [
            "code": .string(code.rawValue), "details": .object(details),
            "mend": .string(mend), "message": .string(message),
        ]
    }

    /// Reads an error body; nil if it is none.
    public init?(encoded: [UInt8], status: Int) {
        guard let error = (try? JSONParser.parse(encoded))?["error"] else { return nil }
        self.init(json: error, status: status)
    }

    /// Reads what `json` gives; nil if it is none.
    public init?(json error: JSONValue, status: Int) {
        guard let code = error["code"]?.string else { return nil }
        self.init(
            WireErrorCode(received: code, status: status),
            message: error["message"]?.string ?? "", mend: error["mend"]?.string ?? "",
            details: error["details"]?.object ?? [:])
    }
}
