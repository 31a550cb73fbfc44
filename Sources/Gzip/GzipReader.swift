import CZlib

/// Unpacks one gzip member piece by piece; memory grows neither with it nor with what it claims.
public final class GzipReader {
    private static let chunkBytes = 64 << 10

    private var stream = z_stream()
    private var input: [UInt8] = []
    private var used = 0
    private var produced = 0
    private var hasEnded = false
    private let limit: Int
    private let source: () throws -> [UInt8]

    /// - Parameters:
    ///   - limit: bytes that it may unpack to.
    ///   - source: the next packed bytes; empty at the end.
    public init(limit: Int, source: @escaping () throws -> [UInt8]) {
        self.limit = limit
        self.source = source
        let opened = inflateInit2_(
            &stream, Gzip.gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(opened == Z_OK, "zlib has no memory for a decompressor")
    }

    deinit { inflateEnd(&stream) }

    /// The next unpacked bytes; nil at the end of a member that is whole, with nothing behind it.
    ///
    /// - Throws: `Gzip.Fault`, and what the source throws.
    public func next() throws -> [UInt8]? {
        while !hasEnded {
            if used == input.count {
                input = try source()
                used = 0
            }
            let chunk = try inflateSome()
            produced += chunk.count
            guard produced <= limit else { throw Gzip.Fault.tooLarge }
            if !chunk.isEmpty { return chunk }
        }
        return nil
    }

    private func inflateSome() throws -> [UInt8] {
        var status = Z_OK
        let isAtEnd = input.isEmpty
        let chunk = input.withUnsafeBufferPointer { source in
            stream.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0 + used) }
            stream.avail_in = UInt32(source.count - used)
            return [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { target, count in
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(Self.chunkBytes)
                status = inflate(&stream, Z_NO_FLUSH)
                count = Self.chunkBytes - Int(stream.avail_out)
            }
        }
        used = input.count - Int(stream.avail_in)
        if status == Z_STREAM_END {
            hasEnded = true
            guard try used == input.count && source().isEmpty else { throw Gzip.Fault.damaged }
            return chunk
        }
        // No progress: more input is needed, or there is none.
        let isStuck = status == Z_BUF_ERROR && chunk.isEmpty
        guard status == Z_OK || isStuck else { throw Gzip.Fault.damaged }
        guard !isAtEnd || !chunk.isEmpty else { throw Gzip.Fault.cutShort }
        return chunk
    }
}
