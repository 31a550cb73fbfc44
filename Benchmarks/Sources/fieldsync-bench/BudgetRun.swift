import Foundation

/// Every budget of docs/benchmarks.md.
struct BudgetRun {
    let programs: String
    let folder: BenchFolder
    private let runs = 7

    /// One of engine, sizes, programs, memory; nil for all.
    let part: String?

    private func wants(_ name: String) -> Bool { part == nil || part == name }

    func run() async throws {
        var report = BenchReport()
        let rows = StopRows.make(Bench.dayRows)
        if wants("engine") { try await engine(rows, &report) }
        if wants("sizes") { try await sizes(rows, &report) }
        if wants("programs") { try await processes(rows, &report) }
        if wants("memory") { try await memory(&report) }
        if part == nil { try report.write(to: ".build/bench.json") }
    }

    private func engine(_ rows: [StopRow], _ report: inout BenchReport) async throws {
        let (times, counts) = try await EngineMeasures(rows: rows, runs: runs, folder: folder).run()
        func add(_ name: String, _ times: EngineMeasures.Times, _ budget: Double) {
            report.add(
                Measure(
                    name: name, ratio: times.ratio, budget: budget,
                    detail: String(
                        format: "%.0f ms, plain %.0f ms", times.engine.median * 1_000,
                        times.plain.median * 1_000)))
        }
        add("bulk save", times.save, 1.5)
        add("merge into hub", times.hub, 1.8)
        add("merge into replica", times.replica, 1.4)
        add("same again, hub", times.hubAgain, 0.5)
        add("same again, replica", times.replicaAgain, 0.5)
        for name in counts.steps.keys.sorted() {
            print(
                String(
                    format: "     %@: %.2f SQLite steps, %.1f allocations a record", name,
                    counts.steps[name] ?? .nan, counts.allocations[name] ?? .nan))
        }
        try await limits(rows, beside: times.save.plain.median)
    }

    private func limits(_ rows: [StopRow], beside plain: Double) async throws {
        for limit in try await PhysicalLimits(rows: rows, folder: folder).run() {
            let name = limit.name.padding(toLength: 34, withPad: " ", startingAt: 0)
            print(
                String(
                    format: "     %@ %6.2f            %.0f ms", name, limit.seconds / plain,
                    limit.seconds * 1_000))
        }
    }

    private func sizes(_ rows: [StopRow], _ report: inout BenchReport) async throws {
        let sizes = SizeMeasures(rows: rows, folder: folder)
        let wire = try await sizes.wire()
        report.add(
            Measure(
                name: "wire bytes of a new record", ratio: wire.pushed / wire.plain, budget: 1.05,
                detail: String(
                    format: "%.1f B, rows as JSON %.1f B", wire.pushed, wire.plain)))
        let disk = try await sizes.disk()
        report.add(
            Measure(
                name: "replica on disk after sync",
                ratio: Double(disk.replica) / Double(disk.plain), budget: 1.5,
                detail: String(
                    format: "%.1f MB, plain %.1f MB", Double(disk.replica) / 1e6,
                    Double(disk.plain) / 1e6)))
    }

    private func processes(_ rows: [StopRow], _ report: inout BenchReport) async throws {
        let measures = ProgramMeasures(programs: programs, folder: folder, runs: 15)
        let starts = try measures.starts(StopRows.make(260_000))
        let empty = starts.empty.median * 1_000
        for (name, seconds, budget) in [
            ("stop add", starts.add, 8.0), ("status", starts.status, 40.0),
        ] {
            let over = seconds.median * 1_000 - empty
            report.add(
                Measure(
                    name: "\(name), whole process, \(Int(budget)) ms", ratio: over / budget,
                    budget: 1,
                    detail: String(format: "%.1f ms over an empty program's %.1f", over, empty)))
        }
        let few = ProgramMeasures(programs: programs, folder: folder, runs: 5)
        let verify = try await few.verify(StopRows.make(240_000))
        report.add(
            Measure(
                name: "verify of 240,000 changes, 1.5 s", ratio: verify.audit.median / 1.5,
                budget: 1,
                detail: String(
                    format: "%.2f s, SHA-256 of the file %.2f s", verify.audit.median,
                    verify.scan.median)))
        guard
            let diff = try few.diff(StopRows.make(260_000))
        else { return print("     diff: no sqldiff here (Debian: sqlite3-tools)") }
        report.add(
            Measure(
                name: "diff of 260,000 records", ratio: diff.audit.median / diff.sqldiff.median,
                budget: 0.7,
                detail: String(
                    format: "%.2f s, sqldiff %.2f s", diff.audit.median, diff.sqldiff.median)))
    }

    private func memory(_ report: inout BenchReport) async throws {
        let outcome = try await Night(
            programs: programs, folder: folder, deviceCount: 140, rowsPerDevice: 186,
            recordsBefore: 1_000_000
        ).run()
        report.add(
            Measure(
                name: "hub memory, 64 MiB", ratio: outcome.peakMebibytes / 64, budget: 1,
                detail: String(
                    format: "%.0f MiB, 1,000,000 records, 140 devices", outcome.peakMebibytes)))
    }
}
