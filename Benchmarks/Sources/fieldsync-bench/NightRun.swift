import Foundation

/// The night's table: 140 devices at once, on an empty hub and on one with 1,000,000 records.
struct NightRun {
    let programs: String
    let folder: BenchFolder

    func run() async throws {
        print(
            "| records before | wall | plain SQLite | p50 | p95 | p99 | hub's peak | sent | received | digests equal | first sync of a new device |"
                + " its digest |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|---|---|")
        for before in [0, 1_000_000] {
            let outcome = try await Night(
                programs: programs, folder: folder, deviceCount: 140, rowsPerDevice: 186,
                recordsBefore: before
            ).run()
            let times = outcome.requestMilliseconds
            print(
                String(
                    format:
                        "| %d | %.1f s | %.2f s | %.0f ms | %.0f ms | %.0f ms | %.0f MiB | %.1f MB "
                        + "| %.1f MB | %@ | %.1f s | %@ |",
                    before, outcome.seconds, outcome.plainSeconds, times.percentile(0.5),
                    times.percentile(0.95), times.percentile(0.99), outcome.peakMebibytes,
                    Double(outcome.sent) / 1e6, Double(outcome.received) / 1e6,
                    before == 0 ? "\(outcome.equalDigests) of 140" : "–",
                    outcome.firstSyncSeconds, outcome.joiner.isEqual ? "equal" : "different"))
            fflush(nil)
        }
    }
}
