public import SyncCore

/// The signed part of a pull's answer. Source: Protocol/README.md §8.3.
public struct Page: Sendable {
    /// Largest position in a verified backup, 0 if none.
    public let backedUp: Int64
    /// RFC 6962 consistency proof from the presented head to `head`.
    public let consistency: [Hash256]
    public let cursor: String
    /// The device that asked.
    public let device: DeviceID
    public let head: SignedHead
    public let more: Bool
    /// The number and chain hash that the hub expects of the asker next.
    public let nextNumber: Int64
    public let nextPrevious: Hash256
    public let nonce: ID128
    /// The hub's time in milliseconds since 1970.
    public let now: Int64
    /// H("records", bytes of the records); nil if there are none.
    public let records: Hash256?
    /// Whether the device is to take another token.
    public let renewToken: Bool

    public init(
        backedUp: Int64, consistency: [Hash256], cursor: String, device: DeviceID,
        head: SignedHead, more: Bool, nextNumber: Int64, nextPrevious: Hash256, nonce: ID128,
        now: Int64, records: Hash256?, renewToken: Bool = false
    ) {
        self.backedUp = backedUp
        self.consistency = consistency
        self.cursor = cursor
        self.device = device
        self.head = head
        self.more = more
        self.nextNumber = nextNumber
        self.nextPrevious = nextPrevious
        self.nonce = nonce
        self.now = now
        self.records = records
        self.renewToken = renewToken
    }

    init(_ value: JSONValue?) throws(MessageFault) {
        let fields = try MessageFields(value, "page")
        self.init(
            backedUp: try fields.integer("backed_up"),
            consistency: try fields.hashes("consistency"), cursor: try fields.text("cursor"),
            device: try fields.id("device"), head: try SignedHead(fields.optional("head")),
            more: try fields.bool("more"), nextNumber: try fields.integer("next_number"),
            nextPrevious: try fields.hash("next_previous"), nonce: try fields.id("nonce"),
            now: try fields.integer("now"),
            records: fields.optional("records") == nil ? nil : try fields.hash("records"),
            renewToken: fields.optional("renew_token")?.bool ?? false)
    }

    /// What `records` has to be for these bytes of a records array.
    public static func hash(ofRecords list: [UInt8]) -> Hash256? {
        list == noRecords ? nil : MessageKind.records.hash(list)
    }

    /// Whether these are the records that the page was signed for.
    func binds(_ list: [UInt8]) -> Bool {
        guard let records else { return list == Self.noRecords }
        return MessageKind.records.hash(list) == records
    }

    private static let noRecords = Array("[]".utf8)

    /// Canonical JSON: what the hub signs.
    public var encoded: [UInt8] {
        let hashes = consistency.map { "\"\($0.hex)\"" }.joined(separator: ",")
        var out = Array(#"{"backed_up":\#(backedUp),"consistency":[\#(hashes)],"cursor":"#.utf8)
        CanonicalJSON.append(text: cursor, to: &out)
        out += #","device":"\#(device.hex)","head":"#.utf8
        out += head.encoded
        out += #","more":\#(more),"next_number":\#(nextNumber),"next_previous":""#.utf8
        out += #"\#(nextPrevious.hex)","nonce":"\#(nonce.hex)","now":\#(now)"#.utf8
        if let records { out += #","records":"\#(records.hex)""#.utf8 }
        if renewToken { out += #","renew_token":true"#.utf8 }
        out.append(UInt8(ascii: "}"))
        return out
    }
}

/// A pull's answer: the page, and the records that its hash binds.
public struct PageMessage: Sendable {
    public let page: Page
    /// Canonical JSON of the records array: `[]` if there are none.
    public let records: [UInt8]
    /// Exact bytes of the page that the signature covers.
    public let signedBytes: [UInt8]
    public let signature: Signature

    /// Signs a page. `page.records` must be `Page.hash(ofRecords: records)`.
    public init(page: Page, records: [UInt8], key: SigningKey) {
        self.page = page
        self.records = records
        signedBytes = page.encoded
        signature = key.sign(.page, signedBytes)
    }

    /// Reads an answer; `verify` says whether it counts.
    ///
    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        guard let page = envelope.slice("page"), let records = envelope.slice("records") else {
            throw MessageFault("pull answer", "page, records")
        }
        guard let signature = envelope.value("signature")?.string.flatMap({ Signature(hex: $0) })
        else { throw MessageFault("pull answer", "signature") }
        self.page = try Page(JSONParser.parse(page))
        self.records = records
        self.signedBytes = page
        self.signature = signature
    }

    public var encoded: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(records.count + signedBytes.count + 180)
        out += #"{"page":"#.utf8
        out += signedBytes
        out += #","records":"#.utf8
        out += records
        out += #","signature":"\#(signature.hex)"}"#.utf8
        return out
    }

    /// Checks that the answer is the hub's, to this device's request, with these records.
    ///
    /// The head's relation to the heads that the device holds is checked by `HeadCheck`.
    public func verify(
        nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(PageFault) {
        guard hub.key.verifies(signature, .page, signedBytes) else { throw .signature }
        guard page.nonce == nonce else { throw .nonce }
        guard page.device == device else { throw .device }
        guard page.binds(records) else { throw .records }
        guard hub.vouches(for: page.head) else { throw .head }
    }
}

/// Which check of a pull's answer failed.
public enum PageFault: String, Error, Sendable {
    case signature, nonce, device, records, head
}
