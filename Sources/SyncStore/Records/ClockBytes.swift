package import SyncCore

// A record's stamps as a blob.
//
// Problem: a clock row per cell, as other engines keep, costs 10 to 40 times a plain insert.
// Idea: most records were written once, so one stamp is true of all their fields. It is packed
// first; only the fields that differ follow. Devices are small integers of the table `peers`.
//
//     stamp  = time (8 bytes, big-endian) peer (varint)
//     clock  = stamp { length of name (1 byte) name stamp }
//
// Varints are LEB128: seven bits a byte, least significant first.

package enum ClockBytes {
    package static func encode(_ clock: RecordClock, peers: PeerTable) throws -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(10 + clock.older.count * 24)
        try append(clock.newest, peers, to: &out)
        for entry in clock.older {
            out.append(UInt8(entry.name.utf8.count))
            out.append(contentsOf: entry.name.utf8)
            try append(entry.stamp, peers, to: &out)
        }
        return out
    }

    /// - Throws: `StoreError` (corrupt) for bytes that `encode` did not make.
    package static func decode(_ bytes: UnsafeRawBufferPointer, peers: PeerTable) throws
        -> RecordClock
    {
        var index = 0
        let newest = try readStamp(bytes, &index, peers)
        var older: [RecordClock.Entry] = []
        while index < bytes.count {
            let length = Int(bytes[index])
            index += 1
            guard index + length <= bytes.count else { throw damaged }
            let name = String(decoding: bytes[index..<index + length], as: UTF8.self)
            index += length
            older.append(.init(name: name, stamp: try readStamp(bytes, &index, peers)))
        }
        return RecordClock(newest: newest, older: older)
    }

    /// Calls `stamp` for each stamp, the newest first, without making values of them.
    ///
    /// - Parameter stamp: is given the field's name (nil for the newest), the stamp time and the
    ///   device's number.
    /// - Returns: false for bytes that `encode` did not make; what was read before was passed on.
    package static func walk(
        _ bytes: UnsafeRawBufferPointer,
        stamp: (_ name: UnsafeRawBufferPointer?, _ time: UInt64, _ peer: UInt64) -> Void
    ) -> Bool {
        var index = 0
        guard let newest = readNumbers(bytes, &index) else { return false }
        stamp(nil, newest.time, newest.peer)
        while index < bytes.count {
            let start = index + 1
            let end = start + Int(bytes[index])
            guard end <= bytes.count else { return false }
            index = end
            guard let numbers = readNumbers(bytes, &index) else { return false }
            stamp(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), numbers.time, numbers.peer)
        }
        return true
    }

    private static var damaged: StoreError { StoreError(.corrupt, path: "", detail: "clock") }

    private static func append(_ stamp: Stamp, _ peers: PeerTable, to out: inout [UInt8]) throws {
        withUnsafeBytes(of: stamp.time.rawValue.bigEndian) { out.append(contentsOf: $0) }
        var number = UInt64(try peers.number(of: stamp.device))
        while number >= 0x80 {
            out.append(UInt8(truncatingIfNeeded: number) | 0x80)
            number >>= 7
        }
        out.append(UInt8(number))
    }

    private static func readStamp(
        _ bytes: UnsafeRawBufferPointer, _ index: inout Int, _ peers: PeerTable
    ) throws -> Stamp {
        guard let numbers = readNumbers(bytes, &index) else { throw damaged }
        let device = try peers.device(of: Int64(numbers.peer))
        return Stamp(time: StampTime(rawValue: numbers.time), device: device)
    }

    /// A stamp time and a device's number, which is below 2^63.
    @inline(__always)
    private static func readNumbers(
        _ bytes: UnsafeRawBufferPointer, _ index: inout Int
    ) -> (time: UInt64, peer: UInt64)? {
        guard index + 8 < bytes.count else { return nil }
        let time = UInt64(
            bigEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        index += 8
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard index < bytes.count, shift < 63 else { return nil }
            let byte = bytes[index]
            index += 1
            number |= UInt64(byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 { return (time, number) }
        }
    }
}
