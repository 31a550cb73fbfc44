import Foundation
import SyncCore
import SyncProtocol

/// What the work behind the figures costs at least, whoever does it: so that a reader sees how far
/// there is to go. Measured in the same run, on the same disk, over the same bytes.
struct PhysicalLimits {
    let rows: [StopRow]
    let folder: BenchFolder
    private let runs = 5

    /// A piece of work and the seconds that it took.
    struct Limit {
        let name: String
        let seconds: Double
    }

    func run() async throws -> [Limit] {
        let hub = try BenchHub(folder: folder.fresh("hub"))
        let writer = try await hub.device(
            folder.fresh("limits.sqlite"), name: "limits", rows: rows)
        let batches = try BenchDevice.sealedBodies(writer).map { try SealedBatch(envelope: $0) }
        let bytes = batches.flatMap(\.bytes)
        let key = SigningKey()
        var signatures: [Signature] = []
        let limits = [
            Limit(name: "write and sync of the batches", seconds: try writing(bytes)),
            Limit(name: "their SHA-256", seconds: median { _ = Hash256.sha256(bytes) }),
            Limit(
                name: "one signature a batch",
                seconds: median { signatures = batches.map { key.sign(.batch, $0.bytes) } }),
            Limit(
                name: "the check of one a batch",
                seconds: median {
                    for (batch, signature) in zip(batches, signatures) {
                        precondition(key.publicKey.verifies(signature, .batch, batch.bytes))
                    }
                }),
            Limit(name: "gzip -1 of them", seconds: try gzip(1, bytes)),
            Limit(name: "gzip -6 of them", seconds: try gzip(6, bytes)),
        ]
        try writer.close()
        try hub.store.close()
        return limits
    }

    private func median(_ body: () throws -> Void) rethrows -> Double {
        try (0..<runs).map { _ in try Stopwatch.seconds(body) }.median
    }

    /// In as many pieces as the plain table has commits, each of them on disk before the next.
    private func writing(_ bytes: [UInt8]) throws -> Double {
        let pieces = (rows.count + BenchDevice.rowsPerSave - 1) / BenchDevice.rowsPerSave
        let size = (bytes.count + pieces - 1) / pieces
        let path = folder.fresh("bytes")
        return try median {
            guard FileManager.default.createFile(atPath: path, contents: nil) else { return }
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            for start in stride(from: 0, to: bytes.count, by: size) {
                try file.write(contentsOf: bytes[start..<min(start + size, bytes.count)])
                try file.synchronize()
            }
            try file.close()
        }
    }

    private func gzip(_ level: Int, _ bytes: [UInt8]) throws -> Double {
        let path = folder.fresh("gzip")
        return try (0..<runs).map { _ in
            try Data(bytes).write(to: URL(filePath: path))
            return try ChildProgram("/usr/bin/gzip", ["-\(level)", "-f", path]).run().seconds
        }.median
    }
}
