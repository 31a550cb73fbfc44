import SyncCore
import SyncProtocol
import SyncStore

// What the hub's service refuses, with the mend. Texts: Protocol/errors.md.

extension WireError {
    static let noCall = WireError(
        .notFound, message: "there is no such call", mend: "see GET /v1 for what is served")
    static let method = WireError(
        .methodNotAllowed, message: "this call takes another method",
        mend: "see Protocol/openapi.yaml")
    static let notServed = WireError(
        .notServed, message: "this hub does not serve that call yet",
        mend: "see GET /v1 for what is served")
    static let version = WireError(
        .versionUnsupported, message: "this hub speaks other versions of the protocol",
        mend: "send Sync-Protocol: 1, or update the program", details: ["versions": [1]])
    static let tokenMissing = WireError(
        .tokenMissing, message: "the request has no bearer token",
        mend: "join first, then send the device's token")
    static let tokenUnknown = WireError(
        .tokenUnknown, message: "this token is not known here",
        mend: "join again with a new invite")
    static let deviceRevoked = WireError(
        .deviceRevoked, message: "this device was revoked",
        mend: "ask the operator; what was saved stays on the device")
    static let signature = WireError(
        .signatureInvalid, message: "the signature does not verify",
        mend: "sign the exact canonical bytes with the device's key")
    static let batchOfAnother = WireError(
        .roleForbidden, message: "the batch is another device's",
        mend: "push only batches of the device whose token is sent")
    static let bodyTooLarge = WireError(
        .bodyTooLarge, message: "the body is larger than body_bytes",
        mend: "send smaller batches", details: ["limit": .number(Double(Limits.bodyBytes))])
    static let unpackedTooLarge = WireError(
        .unpackedTooLarge, message: "the body unpacks to more than the limits allow",
        mend: "send it uncompressed, in smaller batches")
    static let encoding = WireError(
        .encodingUnsupported, message: "this content encoding is not taken",
        mend: "send gzip or no encoding")
    static let gzipDamaged = WireError(
        .jsonMalformed, message: "the gzip body is damaged", mend: "send it again")
    static let contentType = WireError(
        .contentTypeUnsupported, message: "the body is not application/json",
        mend: "send Content-Type: application/json")

    static func parameter(_ name: String) -> WireError {
        WireError(
            .parameterInvalid, message: "the parameter \(name) is missing or not valid",
            mend: "see Protocol/README.md for its form", details: ["parameter": .string(name)])
    }

    static func missing(_ member: String) -> WireError {
        WireError(
            .fieldMissing, message: "\(member) is missing or of the wrong form",
            mend: "see Protocol/openapi.yaml for the message", details: ["member": .string(member)])
    }

    init(json error: JSONError) {
        self.init(
            error.reason == .tooDeep ? .jsonTooDeep : .jsonMalformed,
            message:
                "the body is not JSON of this protocol, or its signed part is not canonical (\(error.reason.rawValue))",
            mend: "send one JSON object, at most 16 deep, no key twice",
            details: ["offset": .number(Double(error.offset))])
    }

    init(batch fault: BatchFault) {
        var details: [String: JSONValue] = ["reason": .string(fault.kind.rawValue)]
        if let change = fault.change { details["change"] = JSONValue(change) }
        if !fault.detail.isEmpty { details["detail"] = .string(fault.detail) }
        let code: WireErrorCode =
            switch fault.kind {
            case .batchTooLarge: .batchTooLarge
            case .badSignature: .signatureInvalid
            case .fieldMissing where fault.change == nil: .fieldMissing
            default: .batchInvalid
            }
        self.init(
            code, message: "the batch is not one of version 1 (\(fault.kind.rawValue))",
            mend: "seal the number again without the change that details names",
            details: details)
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
                mend: "tell the operator; what was saved stays on the device")
        default:
            self.init(
                .internalError, message: "the hub failed", mend: "try again; tell the operator")
        }
    }
}
