/// Who wrote a register and when, by the hybrid logical clock: totally ordered by time, then by
/// the device's bytes.
///
/// On the wire: stamp time, `-`, device id; 49 characters whose byte order is the stamps' order.
public struct Stamp: Sendable, Hashable, Comparable {
    public let time: StampTime
    public let device: DeviceID

    /// Characters in the text form.
    public static let textLength = 49

    public init(time: StampTime, device: DeviceID) {
        self.time = time
        self.device = device
    }

    public init?(_ text: some StringProtocol) {
        var copy = String(text)
        let stamp = copy.withUTF8 { Stamp(ascii: UnsafeRawBufferPointer($0)) }
        guard let stamp else { return nil }
        self = stamp
    }

    /// Reads the 49 characters; nil for anything else.
    public init?(ascii: UnsafeRawBufferPointer) {
        guard ascii.count == Self.textLength, ascii[16] == UInt8(ascii: "-"),
            let time = Hex.readWord(ascii),
            let device = Hex.readID(UnsafeRawBufferPointer(rebasing: ascii[17...]))
        else { return nil }
        self.init(time: StampTime(rawValue: time), device: device)
    }

    public var text: String { "\(time.hex)-\(device.hex)" }

    /// Appends the text form in ASCII.
    public func append(to out: inout [UInt8]) {
        Hex.append(time.rawValue, to: &out)
        out.append(UInt8(ascii: "-"))
        Hex.append(device.high, to: &out)
        Hex.append(device.low, to: &out)
    }

    public static func < (lhs: Stamp, rhs: Stamp) -> Bool {
        lhs.time != rhs.time ? lhs.time < rhs.time : lhs.device < rhs.device
    }
}

extension Stamp: CustomStringConvertible {
    public var description: String { text }
}
