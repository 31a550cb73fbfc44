import Foundation
import SyncReplica

/// The programs as whole processes.
struct ProgramMeasures {
    /// Where `sync-field`, `sync-hub` and `sync-audit` are.
    let programs: String
    let folder: BenchFolder
    let runs: Int

    struct Starts {
        var empty: [Double] = []
        var add: [Double] = []
        var status: [Double] = []
    }

    /// `stop add` and `status` on a replica of `rows`, beside a program that does nothing.
    func starts(_ rows: [StopRow]) throws -> Starts {
        let path = folder.fresh("start.sqlite")
        let replica = try Replica.create(path: path, name: "bench", environment: .system)
        try BenchDevice.save(rows, in: replica)
        try replica.close()
        let empty = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "empty-program").path
        let add = ChildProgram(
            "\(programs)/sync-field",
            [
                "stop", "add", "--point", "NDJ-014", "--mode", "foot", "--note", "bench",
                "--replica", path,
            ])
        let status = ChildProgram("\(programs)/sync-field", ["status", "--replica", path])
        var starts = Starts()
        for _ in 0..<runs {
            starts.empty.append(try ChildProgram(empty, []).run().seconds)
            starts.add.append(try add.run().seconds)
            starts.status.append(try status.run().seconds)
        }
        return starts
    }

    /// `sync-audit verify` of a hub's folder with one change a row, and `sha256sum` of its file.
    func verify(_ rows: [StopRow]) async throws -> (audit: [Double], scan: [Double]) {
        let path = folder.fresh("verified")
        let hub = try BenchHub(folder: path)
        let writer = try await hub.device(folder.fresh("writer.sqlite"), name: "w", rows: rows)
        _ = try await hub.sync(writer)
        try writer.close()
        try hub.store.close()
        var (audit, scan): ([Double], [Double]) = ([], [])
        for _ in 0..<runs {
            scan.append(
                try ChildProgram("/usr/bin/sha256sum", ["\(path)/hub.sqlite"]).run().seconds)
            audit.append(
                try ChildProgram("\(programs)/sync-audit", ["verify", path, "--json"]).run()
                    .seconds)
        }
        return (audit, scan)
    }

    /// `sync-audit diff` of two replicas with ten differences beside `sqldiff` on the same rows as
    /// plain tables. Nil where there is no `sqldiff`.
    func diff(_ rows: [StopRow]) throws -> (audit: [Double], sqldiff: [Double])? {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/sqldiff") else { return nil }
        let (left, right) = (folder.fresh("left.sqlite"), folder.fresh("right.sqlite"))
        let replica = try Replica.create(path: left, name: "left", environment: .system)
        try BenchDevice.save(rows, in: replica)
        try replica.close()
        try FileManager.default.copyItem(atPath: left, toPath: right)
        try ChildProgram(
            "/usr/bin/sqlite3",
            [
                right,
                "UPDATE records SET fields = json_set(fields, '$.note', 'changed') "
                    + "WHERE row % \(rows.count / 10) = 0",
            ]
        ).run()
        let (plainLeft, plainRight) = (folder.fresh("a.sqlite"), folder.fresh("b.sqlite"))
        let table = PlainTable(path: plainLeft)
        table.insert(rows, rowsPerCommit: rows.count)
        table.close()
        try FileManager.default.copyItem(atPath: plainLeft, toPath: plainRight)
        try ChildProgram(
            "/usr/bin/sqlite3",
            [
                plainRight,
                "UPDATE stops SET note = 'changed' WHERE rowid % \(rows.count / 10) = 0",
            ]
        ).run()
        var (audit, sqldiff): ([Double], [Double]) = ([], [])
        for _ in 0..<runs {
            sqldiff.append(
                try ChildProgram("/usr/bin/sqldiff", [plainLeft, plainRight]).run().seconds)
            audit.append(
                try ChildProgram("\(programs)/sync-audit", ["diff", left, right, "--json"])
                    .run(allowed: [1]).seconds)
        }
        return (audit, sqldiff)
    }
}
