import Foundation
import SyncProtocol
import SyncReplica

/// Bytes on the wire and on disk.
struct SizeMeasures {
    let rows: [StopRow]
    let folder: BenchFolder

    /// Bytes for each record: pushed bodies, and the rows as JSON objects; both by `gzip -6`.
    func wire() async throws -> (pushed: Double, plain: Double) {
        let hub = try BenchHub(folder: folder.fresh("hub"))
        let replica = try await hub.device(
            folder.fresh("wire.sqlite"), name: "wire", rows: rows)
        let bodies = try BenchDevice.sealedBodies(replica)
        let pushed = try bodies.reduce(0) { try $0 + gzipped($1) }
        let plain = try gzipped(Array(rows.map(\.json).joined(separator: "\n").utf8))
        try replica.close()
        try hub.store.close()
        return (Double(pushed) / Double(rows.count), Double(plain) / Double(rows.count))
    }

    /// Bytes of a replica after its sync, own signed batches kept, and of the plain table.
    func disk() async throws -> (replica: Int, plain: Int) {
        let hub = try BenchHub(folder: folder.fresh("hub"))
        let path = folder.fresh("disk.sqlite")
        let replica = try await hub.device(path, name: "disk", rows: rows)
        _ = try await hub.sync(replica)
        try replica.close()
        try hub.store.close()
        let plainPath = folder.fresh("plain.sqlite")
        let table = PlainTable(path: plainPath)
        table.insert(rows, rowsPerCommit: BenchDevice.rowsPerSave)
        table.close()
        return (BenchFolder.size(path), BenchFolder.size(plainPath))
    }

    private func gzipped(_ bytes: [UInt8]) throws -> Int {
        let path = folder.fresh("gzip")
        try Data(bytes).write(to: URL(filePath: path))
        _ = try ChildProgram("/usr/bin/gzip", ["-6", "-f", path]).run()
        return BenchFolder.size(path + ".gz")
    }
}
