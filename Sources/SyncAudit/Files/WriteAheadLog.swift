// Lays the committed pages of a write-ahead log over a copy of its file.
// Source: https://www.sqlite.org/walformat.html, "The WAL File Format".

import Crypto
import SyncCore
import SyncStore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

enum WriteAheadLog {
    private static let headerBytes = 32
    private static let frameHeaderBytes = 24
    /// The magic number's last bit: whether checksums read words as big-endian.
    private static let magic: UInt32 = 0x377F_0682

    /// - Parameter target: an open file with the content of the log's file.
    /// - Returns: the SHA-256 of the log as it was read; nil if there is none.
    /// - Throws: `StoreError`.
    static func lay(_ path: String, over target: Int32) throws -> Hash256? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw FileBytes.failure(path)
        }
        defer { close(file) }
        var hasher = SHA256()
        var header = [UInt8](repeating: 0, count: headerBytes)
        guard try fill(from: file, &header, path) else { return nil }
        header.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        let word = { (place: Int) in number(header, place) }
        let pageSize = Int(word(8))
        var sums = Sums(isBigEndian: word(0) & 1 == 1)
        sums.add(header[0..<24])
        guard word(0) & ~1 == magic, sums.are(header, at: 24), pageSize >= 512,
            pageSize <= 65_536
        else { return FileBytes.digest(hasher) }
        // Pages of the transaction that is being read: they count once it is committed.
        var waiting: [(page: UInt32, bytes: [UInt8])] = []
        var frame = [UInt8](repeating: 0, count: frameHeaderBytes + pageSize)
        while try fill(from: file, &frame, path) {
            frame.withUnsafeBytes { hasher.update(bufferPointer: $0) }
            sums.add(frame[0..<8])
            sums.add(frame[frameHeaderBytes...])
            guard frame[8..<16].elementsEqual(header[16..<24]), sums.are(frame, at: 16) else {
                break
            }
            waiting.append((number(frame, 0), Array(frame[frameHeaderBytes...])))
            let size = number(frame, 4)
            guard size > 0 else { continue }
            for page in waiting where page.page > 0 {
                try put(page.bytes, at: (Int(page.page) - 1) * pageSize, to: target, path)
            }
            waiting = []
            guard ftruncate(target, off_t(Int(size) * pageSize)) == 0 else {
                throw FileBytes.failure(path)
            }
        }
        return FileBytes.digest(hasher)
    }

    /// Says of a copy that it has no log: bytes 18 and 19 of a file are how it is written, and no
    /// part of what it says (https://www.sqlite.org/fileformat.html, 1.3.3).
    static func markAsMoved(_ target: Int32) throws {
        var size = stat()
        guard fstat(target, &size) == 0, size.st_size >= 100 else { return }
        try put([1, 1], at: 18, to: target, "")
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// - Returns: whether so many bytes were left.
    private static func fill(
        from file: Int32, _ bytes: inout [UInt8], _ path: String
    ) throws -> Bool {
        let wanted = bytes.count
        var done = 0
        while done < wanted {
            let count = bytes.withUnsafeMutableBytes {
                read(file, $0.baseAddress! + done, wanted - done)
            }
            guard count >= 0 else { throw FileBytes.failure(path) }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    private static func put(
        _ bytes: [UInt8], at offset: Int, to target: Int32, _ path: String
    ) throws {
        let count = bytes.withUnsafeBytes {
            pwrite(target, $0.baseAddress!, $0.count, off_t(offset))
        }
        guard count == bytes.count else { throw FileBytes.failure(path) }
    }

    /// The running checksum of header and frames.
    private struct Sums {
        let isBigEndian: Bool
        private var first: UInt32 = 0
        private var second: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        mutating func add(_ bytes: ArraySlice<UInt8>) {
            bytes.withUnsafeBytes { buffer in
                for place in stride(from: 0, to: buffer.count, by: 8) {
                    first &+= word(buffer, place) &+ second
                    second &+= word(buffer, place + 4) &+ first
                }
            }
        }

        private func word(_ buffer: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
            let word = buffer.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
        }

        func are(_ bytes: [UInt8], at place: Int) -> Bool {
            WriteAheadLog.number(bytes, place) == first
                && WriteAheadLog.number(bytes, place + 4) == second
        }
    }
}
