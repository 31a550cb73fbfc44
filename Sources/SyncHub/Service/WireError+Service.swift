import SyncCore
import SyncProtocol
import SyncStore

// What the hub's service refuses, with the mend. Texts: Protocol/errors.md.

extension WireError {
    static func noCall(path: String) -> WireError {
        WireError(
            .notFound, message: "nothing is served at this address",
            mend: "check the hub's address; see GET /v1 for what is served",
            details: ["path": .string(path)])
    }

    static func method(allowed: String) -> WireError {
        WireError(
            .methodNotAllowed, message: "this address does not take this method",
            mend: "see Protocol/openapi.yaml", details: ["allowed": .string(allowed)])
    }

    static let notServed = WireError(
        .notServed, message: "this hub does not serve that call yet",
        mend: "see GET /v1 for what is served",
        details: ["serves": .array(HubCall.served.map { .string($0) })])
    static let version = WireError(
        .versionUnsupported, message: "this hub speaks other versions of the protocol",
        mend: "send Sync-Protocol: 1, or update the program", details: ["versions": [1]])
    static let tokenMissing = WireError(
        .tokenMissing, message: "the request has no bearer token",
        mend: "join first, then send the device's token")
    static let tokenUnknown = WireError(
        .tokenUnknown, message: "this token is not known here",
        mend: "join again with a new invite")

    static func revoked(_ device: DeviceID) -> WireError {
        WireError(
            .deviceRevoked, message: "this device was revoked",
            mend: "ask the operator; what was saved stays on the device",
            details: ["device": .string(device.hex)])
    }

    /// - Parameter kind: what was signed: `batch` or `join`.
    static func signature(_ kind: String) -> WireError {
        WireError(
            .signatureInvalid, message: "the signature does not verify",
            mend: "sign the exact canonical bytes with the device's key",
            details: ["kind": .string(kind)])
    }

    static func batchOfAnother(role: String) -> WireError {
        WireError(
            .roleForbidden, message: "the batch is another device's",
            mend: "push only batches of the device whose token is sent",
            details: ["role": .string(role)])
    }

    static func auditorsOnly(role: String) -> WireError {
        WireError(
            .roleForbidden, message: "the journal is read by auditors",
            mend: "ask the operator for an auditor's invite", details: ["role": .string(role)])
    }

    static let bodyTooLarge = WireError(
        .bodyTooLarge, message: "the body is larger than body_bytes",
        mend: "send smaller batches", details: ["limit": JSONValue(Limits.bodyBytes)])
    static let bodyEnded = WireError(
        .jsonMalformed, message: "the body ended early", mend: "send it again")
    static let unpackedTooLarge = WireError(
        .unpackedTooLarge, message: "the body unpacks to more than the limits allow",
        mend: "send it without compression", details: ["limit": JSONValue(Limits.unpackedBytes)])
    static let encoding = WireError(
        .encodingUnsupported, message: "the body is packed in a way that this hub cannot unpack",
        mend: "send it without compression", details: ["encodings": ["gzip"]])
    static let contentType = WireError(
        .contentTypeUnsupported, message: "the body is not application/json",
        mend: "send Content-Type: application/json")

    static func parameter(_ key: String) -> WireError {
        WireError(
            .parameterInvalid, message: "\(key) is not of the form that version 1 allows",
            mend: "see Protocol/README.md for its form", details: ["key": .string(key)])
    }

    static func missing(_ key: String) -> WireError {
        WireError(
            .fieldMissing, message: "\(key.isEmpty ? "the body" : key) is missing",
            mend: "see Protocol/openapi.yaml for the message", details: ["key": .string(key)])
    }

    /// - Parameter isObject: whether the body is a JSON object, or JSON of another kind.
    init(json error: JSONError, isObject: Bool = true) {
        guard isObject else {
            self = .missing("")
            return
        }
        let isDeep = error.reason == .tooDeep
        var details: [String: JSONValue] = [
            "offset": JSONValue(error.offset), "why": .string(error.reason.rawValue),
        ]
        if isDeep { details["limit"] = JSONValue(Limits.jsonDepth) }
        self.init(
            isDeep ? .jsonTooDeep : .jsonMalformed,
            message: "the body is not JSON of this protocol, or its signed part is not canonical "
                + "(\(error.reason.rawValue))",
            mend: "send one JSON object, at most 16 deep, no key twice", details: details)
    }

    init(batch fault: BatchFault) {
        var details: [String: JSONValue] = ["why": .string(fault.kind.rawValue)]
        if let change = fault.change { details["change"] = JSONValue(change) }
        if !fault.detail.isEmpty { details["key"] = .string(fault.detail) }
        let code: WireErrorCode =
            switch fault.kind {
            case .batchTooLarge, .tooManyChanges: .batchTooLarge
            case .badSignature: .signatureInvalid
            case .fieldMissing where fault.change == nil: .fieldMissing
            default: .batchInvalid
            }
        if code == .batchTooLarge {
            details["limit"] = JSONValue(
                fault.kind == .batchTooLarge ? Limits.batchBytes : Limits.changesPerBatch)
        }
        let mend =
            fault.change == nil
            ? "see Protocol/README.md §4.2; update this program"
            : "seal the number again without the change that details names, and keep it aside"
        self.init(
            code, message: "the batch is not one of version 1 (\(fault.kind.rawValue))",
            mend: mend, details: details)
    }

    /// - Parameter change: the last of its batch that makes the record too large.
    static func recordTooLarge(change: Int, limit: Int) -> WireError {
        WireError(
            .batchInvalid, message: "the record would be larger than a page can carry",
            mend: "seal the number again without the change that details names, and keep it aside",
            details: [
                "change": JSONValue(change), "limit": JSONValue(limit), "why": "recordTooLarge",
            ])
    }

    /// A fault of the hub's disk, as a client sees it: temporary, with no detail of the machine.
    init(storage error: any Error) {
        let kind = (error as? StoreError)?.kind
        switch kind {
        case .locked:
            self.init(.hubBusy, message: "the hub's store is busy", mend: "try again")
        case .readOnly, .diskFull:
            self.init(
                .hubReadOnly, message: "the hub cannot write to its disk",
                mend: "tell the operator; what was saved stays on the device",
                details: ["reason": kind == .diskFull ? "disk_full" : "read_only"])
        default:
            self.init(
                .internalError, message: "the hub failed", mend: "try again; tell the operator")
        }
    }
}
