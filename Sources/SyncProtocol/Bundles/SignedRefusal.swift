public import SyncCore

/// Why the hub did not take an item of a bundle. Signed, so that a carrier cannot make one up.
///
/// Source: Protocol/README.md §13.4.
public struct SignedRefusal: Sendable {
    public let device: DeviceID
    public let error: WireError
    /// Hash of the item that was refused: another item under the same number is not meant.
    public let item: Hash256
    public let kind: BundleItem.Kind
    public let space: SpaceID
    /// Canonical JSON that the signature covers.
    public let bytes: [UInt8]
    public let signature: Signature

    /// - Parameter key: the hub's.
    public init(
        of item: BundleItem, from device: DeviceID, error: WireError, space: SpaceID,
        key: SigningKey
    ) {
        self.device = device
        self.error = error
        self.item = item.hash
        self.kind = item.kind
        self.space = space
        bytes = CanonicalJSON.bytes([
            "device": .string(device.hex), "error": error.json, "item": .string(item.hash.hex),
            "kind": .string(item.kind.rawValue), "space": .string(space.hex),
            "status": JSONValue(error.code.status),
        ])
        signature = key.sign(.refused, bytes)
    }

    /// Reads `{"refused":{…},"signature":"…"}`; `isSigned(by:)` says whether it counts.
    ///
    /// - Throws: `JSONError`, `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let envelope = try Envelope(encoded)
        guard let refused = envelope.slice("refused") else {
            throw MessageFault("refused", "refused")
        }
        if let fault = CanonicalReader.fault(of: refused) { throw fault }
        let tree = try JSONParser.parse(refused)
        let fields = try MessageFields(tree, "refused")
        device = try fields.id("device")
        item = try fields.hash("item")
        kind = try fields.require("kind") {
            $0.string.flatMap { BundleItem.Kind(rawValue: $0) }.flatMap { $0.isRequest ? $0 : nil }
        }
        space = try fields.id("space")
        let status = Int(try fields.integer("status"))
        error = try fields.require("error") { WireError(json: $0, status: status) }
        bytes = refused
        signature = try MessageFields(JSONParser.parse(encoded), "refused")
            .signature("signature")
    }

    public func isSigned(by hub: HubIdentity) -> Bool {
        space == hub.space && hub.key.verifies(signature, .refused, bytes)
    }

    public var encoded: [UInt8] {
        Array(#"{"refused":"#.utf8) + bytes + Array(#","signature":"\#(signature.hex)"}"#.utf8)
    }
}
