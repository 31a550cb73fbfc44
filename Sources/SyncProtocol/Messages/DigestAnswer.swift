public import SyncCore

/// The children of one node of the hub's digest. Source: Protocol/README.md §8.6.
public struct DigestAnswer: Sendable, Equatable {
    /// 64 node hashes (of the top), or 64 bucket sums.
    public let children: [Hash256]
    /// 0 … 63; nil: the top.
    public let node: Int?
    public let part: SignedPart

    public var head: SignedHead { part.head }
    public var encoded: [UInt8] { part.encoded() }

    public init(
        children: [Hash256], node: Int?, device: DeviceID, nonce: ID128, head: SignedHead,
        key: SigningKey
    ) {
        self.children = children
        self.node = node
        var bytes = Array(#"{"children":\#(children.json),"device":"\#(device.hex)","head":"#.utf8)
        bytes += head.encoded
        bytes += #","node":"\#(Self.name(of: node))","nonce":"\#(nonce.hex)"}"#.utf8
        part = SignedPart(.digest, bytes, device: device, nonce: nonce, head: head, key: key)
    }

    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let (part, fields) = try SignedPart.read(.digest, from: Envelope(encoded))
        self.part = part
        children = try fields.hashes("children")
        guard children.count == DigestTree.fanout else {
            throw MessageFault("digest", "children", isMissing: false)
        }
        let name = try fields.text("node")
        node = Int(name)
        guard Self.name(of: node) == name, node.map({ 0..<DigestTree.fanout ~= $0 }) ?? true else {
            throw MessageFault("digest", "node", isMissing: false)
        }
    }

    /// As the query and the answer name a node.
    public static func name(of node: Int?) -> String { node.map { String($0) } ?? "top" }

    public func verify(
        node: Int?, nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(AnswerFault) {
        try part.verify(nonce: nonce, device: device, hub: hub)
        guard self.node == node else { throw .subject }
    }
}
