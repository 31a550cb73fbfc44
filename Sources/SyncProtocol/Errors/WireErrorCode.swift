/// The codes of Protocol/errors.md. A code that is not listed there is kept as text.
public struct WireErrorCode: Sendable, Hashable {
    public let rawValue: String
    /// The HTTP status that a hub sends with it.
    public let status: Int

    private init(_ rawValue: String, _ status: Int) {
        self.rawValue = rawValue
        self.status = status
    }

    /// A code as received, with the status that it came with.
    public init(received: String, status: Int) {
        self.init(received, status)
    }

    public static func == (lhs: WireErrorCode, rhs: WireErrorCode) -> Bool {
        lhs.rawValue == rhs.rawValue
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension WireErrorCode {
    public static let notFound = WireErrorCode("not_found", 404)
    public static let methodNotAllowed = WireErrorCode("method_not_allowed", 405)
    public static let versionUnsupported = WireErrorCode("version_unsupported", 426)
    public static let bodyTooLarge = WireErrorCode("body_too_large", 413)
    public static let unpackedTooLarge = WireErrorCode("unpacked_too_large", 413)
    public static let encodingUnsupported = WireErrorCode("encoding_unsupported", 415)
    public static let contentTypeUnsupported = WireErrorCode("content_type_unsupported", 415)
    public static let jsonMalformed = WireErrorCode("json_malformed", 400)
    public static let jsonTooDeep = WireErrorCode("json_too_deep", 400)
    public static let fieldMissing = WireErrorCode("field_missing", 400)
    public static let parameterInvalid = WireErrorCode("parameter_invalid", 400)
    public static let tokenMissing = WireErrorCode("token_missing", 401)
    public static let tokenUnknown = WireErrorCode("token_unknown", 401)
    public static let deviceRevoked = WireErrorCode("device_revoked", 403)
    public static let deviceUnknown = WireErrorCode("device_unknown", 403)
    public static let roleForbidden = WireErrorCode("role_forbidden", 403)
    public static let inviteUnknown = WireErrorCode("invite_unknown", 403)
    public static let inviteExpired = WireErrorCode("invite_expired", 403)
    public static let inviteUsed = WireErrorCode("invite_used", 403)
    public static let signatureInvalid = WireErrorCode("signature_invalid", 422)
    public static let spaceMismatch = WireErrorCode("space_mismatch", 409)
    public static let batchInvalid = WireErrorCode("batch_invalid", 422)
    public static let batchTooLarge = WireErrorCode("batch_too_large", 413)
    public static let numberAhead = WireErrorCode("number_ahead", 409)
    public static let numberTaken = WireErrorCode("number_taken", 409)
    public static let chainBroken = WireErrorCode("chain_broken", 409)
    public static let headUnknown = WireErrorCode("head_unknown", 409)
    public static let cursorGone = WireErrorCode("cursor_gone", 410)
    public static let notServed = WireErrorCode("not_served", 501)
    public static let hubNotReady = WireErrorCode("hub_not_ready", 503)
    public static let hubBusy = WireErrorCode("hub_busy", 503)
    public static let hubReadOnly = WireErrorCode("hub_read_only", 503)
    public static let hubSplit = WireErrorCode("hub_split", 503)
    public static let rekeyLimit = WireErrorCode("rekey_limit", 429)
    public static let rateLimited = WireErrorCode("rate_limited", 429)
    public static let quotaReached = WireErrorCode("quota_reached", 429)
    public static let internalError = WireErrorCode("internal", 500)

    /// Every code that this version sends, for the test against Protocol/errors.md.
    public static let all: [WireErrorCode] = [
        .notFound, .methodNotAllowed, .versionUnsupported, .bodyTooLarge, .unpackedTooLarge,
        .encodingUnsupported, .contentTypeUnsupported, .jsonMalformed, .jsonTooDeep,
        .fieldMissing, .parameterInvalid, .tokenMissing, .tokenUnknown, .deviceRevoked,
        .deviceUnknown, .roleForbidden, .inviteUnknown, .inviteExpired, .inviteUsed,
        .signatureInvalid,
        .spaceMismatch, .batchInvalid, .batchTooLarge, .numberAhead, .numberTaken, .chainBroken,
        .headUnknown, .cursorGone, .notServed, .hubNotReady, .hubBusy, .hubReadOnly,
        .internalError, .hubSplit, .rekeyLimit, .rateLimited, .quotaReached,
    ]
}
