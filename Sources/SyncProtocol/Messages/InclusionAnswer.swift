public import SyncCore

/// Proof that leaves are in the journal at a size. Source: Protocol/README.md §8.7.
public struct InclusionAnswer: Sendable, Equatable {
    /// Ascending, none twice.
    public let positions: [Int64]
    /// For each position, the RFC 6962 audit path of its leaf in the tree of the head's size.
    public let paths: [[Hash256]]
    public let part: SignedPart

    /// The head that the hub signed at the size asked for.
    public var head: SignedHead { part.head }
    public var encoded: [UInt8] { part.encoded() }

    public init(
        positions: [Int64], paths: [[Hash256]], device: DeviceID, nonce: ID128, head: SignedHead,
        key: SigningKey
    ) {
        self.positions = positions
        self.paths = paths
        var bytes = Array(#"{"device":"\#(device.hex)","head":"#.utf8)
        bytes += head.encoded
        bytes += #","nonce":"\#(nonce.hex)","paths":["#.utf8
        bytes += paths.map(\.json).joined(separator: ",").utf8
        let list = positions.map { String($0) }.joined(separator: ",")
        bytes += #"],"positions":[\#(list)]}"#.utf8
        part = SignedPart(.proof, bytes, device: device, nonce: nonce, head: head, key: key)
    }

    /// - Throws: `JSONError` or `MessageFault`.
    public init(encoded: [UInt8]) throws {
        let (part, fields) = try SignedPart.read(.proof, from: Envelope(encoded))
        self.part = part
        positions = try fields.require("positions") { value in
            guard let items = value.array else { return nil }
            let positions = items.compactMap(\.integer)
            return positions.count == items.count ? positions : nil
        }
        paths = try fields.require("paths") { value in
            guard let items = value.array else { return nil }
            let paths = items.compactMap { item -> [Hash256]? in
                let hashes = item.array?.compactMap { $0.string.flatMap { Hash256(hex: $0) } }
                return hashes?.count == item.array?.count ? hashes : nil
            }
            return paths.count == items.count ? paths : nil
        }
        guard paths.count == positions.count else {
            throw MessageFault("proof", "paths", isMissing: false)
        }
    }

    /// - Parameter size: the size asked for.
    public func verify(
        positions: [Int64], size: Int64, nonce: ID128, device: DeviceID, hub: HubIdentity
    ) throws(AnswerFault) {
        try part.verify(nonce: nonce, device: device, hub: hub)
        guard self.positions == positions, head.head.size == size else { throw .subject }
    }

    /// Whether each leaf is in the tree of a head that the device holds: that head, not the one
    /// that the answer names.
    ///
    /// - Parameter leaves: those of `positions`, in the same order.
    public func includes(_ leaves: [Leaf], in held: Head) -> Bool {
        guard leaves.map(\.position) == positions else { return false }
        return zip(leaves, paths).allSatisfy { leaf, path in
            leaf.isIncluded(in: held, path: path)
        }
    }
}

extension Leaf {
    /// Whether an RFC 6962 audit path leads from this leaf to a head's root.
    public func isIncluded(in head: Head, path: [Hash256]) -> Bool {
        MerkleHash.verifyInclusion(
            leaf: hash, index: Int(position) - 1, size: Int(head.size), path: path,
            root: head.root)
    }
}
