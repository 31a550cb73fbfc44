public import SyncCore

/// Puts canonical changes together into a batch and signs it.
public enum BatchBuilder {
    /// What a batch says besides its changes.
    public struct Header: Sendable {
        public let space: SpaceID
        public let number: Int64
        public let previous: Hash256
        public let sealedAt: Int64
        public var formerly: Healing.Formerly?
        public var adopts: SignedHead?

        public init(space: SpaceID, number: Int64, previous: Hash256, sealedAt: Int64) {
            self.space = space
            self.number = number
            self.previous = previous
            // A wall clock before 1970 or after 10889 is still no reason to hold work back.
            self.sealedAt = StampTime(milliseconds: sealedAt).milliseconds
        }
    }

    /// Bytes that a batch needs besides its changes, with room for the longest numbers.
    public static let overheadBytes = 420
    /// The same for an adopting one.
    public static let adoptingOverheadBytes = overheadBytes + 1_024

    /// - Parameters:
    ///   - changes: canonical changes separated by commas, without brackets.
    ///   - device: whose batch it is; nil: the key's own device.
    public static func seal(
        changes: [UInt8], header: Header, key: SigningKey, device: DeviceID? = nil
    ) throws(BatchFault) -> SealedBatch {
        var out: [UInt8] = []
        out.reserveCapacity(changes.count + overheadBytes)
        out.append(UInt8(ascii: "{"))
        if let head = header.adopts {
            out += #""adopts":"#.utf8
            out += head.encoded
            out.append(UInt8(ascii: ","))
        }
        out += #""changes":["#.utf8
        out += changes
        out += #"],"device":""#.utf8
        out += (device ?? key.publicKey.deviceID).hex.utf8
        if let formerly = header.formerly {
            out += #"","formerly":"\#(formerly.device.hex)","formerly_number":"#.utf8
            out += #"\#(formerly.number),"number":"#.utf8
        } else {
            out += #"","number":"#.utf8
        }
        out += String(header.number).utf8
        out += #","previous":""#.utf8
        out += header.previous.hex.utf8
        out += #"","sealed_at":"#.utf8
        out += String(header.sealedAt).utf8
        out += #","space":""#.utf8
        out += header.space.hex.utf8
        out += #""}"#.utf8
        return try SealedBatch(bytes: out, signature: key.sign(.batch, out))
    }
}
