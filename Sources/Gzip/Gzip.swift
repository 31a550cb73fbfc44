import CZlib

/// Gzip (RFC 1952) of whole messages, bounded both ways.
public enum Gzip {
    /// Why bytes could not be unpacked.
    public enum Fault: String, Error, Sendable {
        /// Not gzip, or its checksum does not fit, or, of a whole message, cut short.
        case damaged
        /// The end is missing. Only told apart where bytes are read piece by piece.
        case cutShort
        /// It would unpack to more than the caller allows.
        case tooLarge
    }

    /// 15 bits of window, and 16 for the gzip form.
    static let gzipWindow: Int32 = 15 + 16
    /// zlib's default memory level.
    static let memoryLevel: Int32 = 8
    private static let chunkBytes = 64 << 10

    /// - Parameter level: 1 (fast) to 9 (small); 6 is zlib's own choice.
    public static func compress(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
        var stream = z_stream()
        let opened = deflateInit2_(
            &stream, level, Z_DEFLATED, gzipWindow, memoryLevel, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(opened == Z_OK, "zlib has no memory for a compressor")
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
            bytes.withUnsafeBufferPointer { source in
                stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(bound)
                let result = deflate(&stream, Z_FINISH)
                precondition(result == Z_STREAM_END, "deflate within its own bound: \(result)")
            }
            count = bound - Int(stream.avail_out)
        }
    }

    /// Unpacks to at most `limit` bytes and at most `ratio` times the input.
    ///
    /// Memory grows with what was unpacked so far, never with what a header claims.
    public static func decompress(
        _ bytes: [UInt8], limit: Int, ratio: Int = .max
    ) throws(Fault) -> [UInt8] {
        let (product, overflow) = bytes.count.multipliedReportingOverflow(by: ratio)
        let allowed = overflow ? limit : min(limit, product)
        var stream = z_stream()
        let opened = inflateInit2_(
            &stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(opened == Z_OK, "zlib has no memory for a decompressor")
        defer { inflateEnd(&stream) }
        var out: [UInt8] = []
        let result = bytes.withUnsafeBufferPointer { source -> Result<Void, Fault> in
            stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            stream.avail_in = UInt32(source.count)
            return inflateAll(&stream, into: &out, allowed: allowed)
        }
        try result.get()
        return out
    }

    private static func inflateAll(
        _ stream: inout z_stream, into out: inout [UInt8], allowed: Int
    ) -> Result<Void, Fault> {
        while true {
            var status = Z_OK
            let chunk = [UInt8](unsafeUninitializedCapacity: chunkBytes) { target, count in
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(chunkBytes)
                status = inflate(&stream, Z_NO_FLUSH)
                count = chunkBytes - Int(stream.avail_out)
            }
            out += chunk
            if out.count > allowed { return .failure(.tooLarge) }
            if status == Z_STREAM_END {
                return stream.avail_in == 0 ? .success(()) : .failure(.damaged)
            }
            guard status == Z_OK, !chunk.isEmpty || stream.avail_in > 0 else {
                return .failure(.damaged)
            }
        }
    }
}
