/// Time and randomness, handed in: a simulation can replay both.
public struct Environment: Sendable {
    /// The wall clock in milliseconds since 1970.
    public let nowMilliseconds: @Sendable () -> Int64
    /// So many unpredictable bytes.
    public let randomBytes: @Sendable (Int) -> [UInt8]

    public init(
        nowMilliseconds: @escaping @Sendable () -> Int64,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.nowMilliseconds = nowMilliseconds
        self.randomBytes = randomBytes
    }

    /// 16 random bytes.
    public func randomID() -> ID128 {
        guard let id = ID128(bytes: randomBytes(16)) else {
            preconditionFailure("the random source gave fewer bytes than asked for")
        }
        return id
    }

    /// A UUIDv7 at the given wall clock (RFC 9562 §5.7).
    public func newRecordID() -> RecordID {
        let random = randomID()
        let time = UInt64(min(max(nowMilliseconds(), 0), StampTime.lastMillisecond))
        return RecordID(
            high: time << 16 | 0x7000 | random.high & 0x0FFF,
            low: 1 << 63 | random.low & ((1 << 62) - 1))
    }
}
