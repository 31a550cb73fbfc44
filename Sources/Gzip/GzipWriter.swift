import CZlib

/// Packs a run of bytes piece by piece; memory does not grow with it.
public final class GzipWriter {
    private static let chunkBytes = 64 << 10

    private var stream = z_stream()
    private let sink: ([UInt8]) throws -> Void

    /// - Parameters:
    ///   - level: 1 (fast) to 9 (small); 6 is zlib's own choice.
    ///   - sink: takes the packed bytes as they come.
    public init(level: Int32 = 6, sink: @escaping ([UInt8]) throws -> Void) {
        self.sink = sink
        let opened = deflateInit2_(
            &stream, level, Z_DEFLATED, Gzip.gzipWindow, Gzip.memoryLevel, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(opened == Z_OK, "zlib has no memory for a compressor")
    }

    deinit { deflateEnd(&stream) }

    /// - Throws: what the sink throws.
    public func write(_ bytes: [UInt8]) throws { try run(bytes, Z_NO_FLUSH) }

    /// Writes what is left and the checksum. Nothing may be written after it.
    public func finish() throws { try run([], Z_FINISH) }

    private func run(_ bytes: [UInt8], _ flush: Int32) throws {
        try bytes.withUnsafeBufferPointer { source in
            stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            stream.avail_in = UInt32(source.count)
            var isFull = true
            while isFull {
                let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { target, count in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(Self.chunkBytes)
                    let result = deflate(&stream, flush)
                    precondition(result != Z_STREAM_ERROR, "deflate on an open stream")
                    count = Self.chunkBytes - Int(stream.avail_out)
                }
                isFull = stream.avail_out == 0
                if !chunk.isEmpty { try sink(chunk) }
            }
        }
    }
}
