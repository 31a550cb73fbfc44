import SyncCore

/// A batch on its way to the hub, with what a history that was lost said of it.
///
/// Source: Protocol/README.md §8.4, §11.3.
public struct PushRequest: Sendable {
    public let batch: SealedBatch
    /// The first receipt that the batch ever got, if it is offered again.
    public let earlier: Receipt?
    /// What is known to belong to both histories; nil: nothing was said. `.some(nil)`: nothing is.
    public let common: SignedHead??

    public init(_ batch: SealedBatch, earlier: Receipt? = nil, common: SignedHead?? = nil) {
        self.batch = batch
        self.earlier = earlier
        self.common = common
    }

    /// - Throws: `JSONError`, `BatchFault`, `MessageFault`.
    public init(encoded: [UInt8]) throws {
        if let batch = SealedBatch(plainEnvelope: encoded) {
            self.init(batch)
        } else {
            try self.init(Envelope(encoded))
        }
    }

    private init(_ envelope: Envelope) throws {
        batch = try SealedBatch(envelope)
        guard envelope.range("common") != nil else {
            (earlier, common) = (nil, nil)
            return
        }
        let head = envelope.value("common")
        common = .some(head == .null ? nil : try Self.head(head))
        earlier = try envelope.range("receipt").map { _ in
            do { return try Receipt(envelope.value("receipt")) } catch {
                throw MessageFault("push", "receipt", isMissing: false)
            }
        }
    }

    private static func head(_ value: JSONValue?) throws(MessageFault) -> SignedHead {
        do { return try SignedHead(value) } catch {
            throw MessageFault("push", "common", isMissing: false)
        }
    }

    /// `{"batch":{…},…,"signature":"…"}`, canonical.
    public var encoded: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(batch.bytes.count + 170)
        out += #"{"batch":"#.utf8
        out += batch.bytes
        if let common {
            out += #","common":"#.utf8
            out += common?.encoded ?? Array("null".utf8)
        }
        if let earlier {
            out += #","receipt":"#.utf8
            out += earlier.encoded
        }
        out += #","signature":"\#(batch.signature.hex)"}"#.utf8
        return out
    }
}
