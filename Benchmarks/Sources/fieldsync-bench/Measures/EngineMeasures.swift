import CCounting
import SyncClient
import SyncProtocol
import SyncReplica

/// The engine's hot paths beside plain inserts of the same rows, in alternated runs.
struct EngineMeasures {
    let rows: [StopRow]
    let runs: Int
    let folder: BenchFolder

    /// What one run of one path took.
    struct Times {
        var plain: [Double] = []
        var engine: [Double] = []

        var ratio: Double { engine.median / plain.median }
    }

    /// One run of everything; each path right after its own plain insert.
    struct Run {
        var save = Times()
        var hub = Times()
        var hubAgain = Times()
        var replica = Times()
        var replicaAgain = Times()
    }

    /// Calls of SQLite and of the allocator for each record.
    struct Counts {
        var steps: [String: Double] = [:]
        var allocations: [String: Double] = [:]
    }

    func run() async throws -> (times: Run, counts: Counts) {
        var times = Run()
        var counts = Counts()
        for _ in 0..<runs { try await runOnce(&times, &counts) }
        return (times, counts)
    }

    private func runOnce(_ times: inout Run, _ counts: inout Counts) async throws {
        let hub = try BenchHub(folder: folder.fresh("hub"))
        let path = folder.fresh("writer.sqlite")
        let writer = try await hub.device(path, name: "writer", rows: [])
        // As the rows of a plain table are there before they are inserted.
        let saves = Array(BenchDevice.saves(of: rows))
        times.save.plain.append(plain(rowsPerCommit: BenchDevice.rowsPerSave))
        times.save.engine.append(
            try counted("save", &counts) { for edits in saves { try writer.save(edits) } })

        let bodies = try BenchDevice.sealedBodies(writer)
        guard let token = writer.token else { preconditionFailure("the writer has joined") }
        let push = {
            for body in bodies {
                let answer = hub.service.answer(
                    WireRequest(.post, "/v1/batches", token: token, body: body))
                precondition(answer.status == 200, "push: \(answer.status)")
            }
        }
        times.hub.plain.append(plain(rowsPerCommit: Limits.changesPerBatch))
        times.hub.engine.append(counted("merge into hub", &counts, push))
        times.hubAgain.plain.append(times.hub.plain.last ?? .nan)
        times.hubAgain.engine.append(counted("same again, hub", &counts, push))

        let reader = try await hub.device(
            folder.fresh("reader.sqlite"), name: "reader", rows: [])
        let (pull, pages) = try pullAll(reader, hub, "merge into replica", &counts)
        times.replica.plain.append(plain(rowsPerCommit: rows.count / max(1, pages)))
        times.replica.engine.append(pull)
        try reader.forgetCursor()
        let (again, _) = try pullAll(reader, hub, "same again, replica", &counts)
        times.replicaAgain.plain.append(times.replica.plain.last ?? .nan)
        times.replicaAgain.engine.append(again)
        try writer.close()
        try reader.close()
        try hub.store.close()
    }

    private func plain(rowsPerCommit: Int) -> Double {
        let table = PlainTable(path: folder.fresh("plain.sqlite"))
        defer { table.close() }
        return Stopwatch.seconds { table.insert(rows, rowsPerCommit: max(1, rowsPerCommit)) }
    }

    /// Pulls to the head; only the device's part is timed: from an answer's bytes to the commit.
    private func pullAll(
        _ replica: Replica, _ hub: BenchHub, _ name: String, _ counts: inout Counts
    ) throws -> (seconds: Double, pages: Int) {
        guard let token = replica.token, let membership = try replica.membership() else {
            preconditionFailure("the reader has joined")
        }
        let device = try replica.deviceID()
        var (seconds, pages, more) = (0.0, 0, true)
        var (steps, allocations) = (0, 0)
        while more {
            let request = try replica.pullRequest()
            let answer = hub.service.answer(request.wire(token: token))
            let before = (counting_steps(), counting_allocations())
            seconds += try Stopwatch.seconds {
                let message = try PageMessage(encoded: answer.content())
                try message.verify(nonce: request.nonce, device: device, hub: membership.hub)
                _ = try replica.judge(message.page, request: request)
                _ = try replica.apply(message, request: request)
                more = message.page.more
            }
            steps += counting_steps() - before.0
            allocations += counting_allocations() - before.1
            pages += 1
        }
        counts.steps[name] = Double(steps) / Double(rows.count)
        counts.allocations[name] = Double(allocations) / Double(rows.count)
        return (seconds, pages)
    }

    private func counted(
        _ name: String, _ counts: inout Counts, _ body: () throws -> Void
    ) rethrows -> Double {
        let before = (counting_steps(), counting_allocations())
        let seconds = try Stopwatch.seconds(body)
        counts.steps[name] = Double(counting_steps() - before.0) / Double(rows.count)
        counts.allocations[name] = Double(counting_allocations() - before.1) / Double(rows.count)
        return seconds
    }
}
