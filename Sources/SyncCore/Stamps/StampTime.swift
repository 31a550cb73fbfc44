/// A reading of the hybrid logical clock: 48 bits of milliseconds since 1970, 16 bits of counter.
///
/// On the wire: 16 lower-case hex digits.
/// Source: Kulkarni et al., "Logical Physical Clocks", 2014; Protocol/README.md §3.
public struct StampTime: Sendable, Hashable, Comparable {
    /// Milliseconds in the upper 48 bits, counter in the lower 16.
    public let rawValue: UInt64

    public static let zero = StampTime(rawValue: 0)
    /// Year 10889: the last millisecond that 48 bits can name.
    public static let lastMillisecond: Int64 = (1 << 48) - 1

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Times before 1970 become 0, times after year 10889 the last millisecond.
    public init(milliseconds: Int64, counter: UInt16 = 0) {
        let clamped = min(max(milliseconds, 0), Self.lastMillisecond)
        rawValue = UInt64(clamped) << 16 | UInt64(counter)
    }

    public init?(hex: some StringProtocol) {
        var text = String(hex)
        let word = text.withUTF8 { buffer -> UInt64? in
            buffer.count == 16 ? Hex.readWord(UnsafeRawBufferPointer(buffer)) : nil
        }
        guard let word else { return nil }
        rawValue = word
    }

    public var milliseconds: Int64 { Int64(rawValue >> 16) }
    public var counter: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

    public var hex: String {
        String(unsafeUninitializedCapacity: 16) { buffer in
            Hex.write(rawValue, digits: 16, to: buffer.baseAddress!)
            return 16
        }
    }

    /// Appends the hex digits.
    public func appendHex(to out: inout [UInt8]) { Hex.append(rawValue, to: &out) }

    /// The next larger time. The very last one stays as it is.
    public var tick: StampTime {
        rawValue == .max ? self : StampTime(rawValue: rawValue + 1)
    }

    public static func < (lhs: StampTime, rhs: StampTime) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension StampTime {
    /// Reads 16 lower-case hex digits in ASCII; nil for anything else.
    public init?(hexBytes: UnsafeRawBufferPointer) {
        guard hexBytes.count == 16, let word = Hex.readWord(hexBytes) else { return nil }
        rawValue = word
    }
}
