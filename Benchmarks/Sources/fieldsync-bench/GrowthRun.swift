import Foundation

/// The table of growth, with the exponent from the smallest size to the largest.
struct GrowthRun {
    let programs: String
    let folder: BenchFolder
    /// Records, ascending.
    var sizes = [26_000, 260_000, 1_000_000]

    func run() async throws {
        var columns: [Growth.Column] = []
        for size in sizes {
            columns.append(
                try await Growth(programs: programs, folder: folder).measure(size))
        }
        let heads = sizes.map { "\($0) records" }.joined(separator: " | ")
        print("| measure | \(heads) | exponent |")
        print("|---|" + String(repeating: "---:|", count: sizes.count + 1))
        guard let first = columns.first, let last = columns.last else { return }
        for (index, measure) in first.times.enumerated() {
            let times = columns.map { String(format: "%.1f ms", $0.times[index].milliseconds) }
            let exponent =
                log(last.times[index].milliseconds / measure.milliseconds)
                / log(Double(sizes[sizes.count - 1]) / Double(sizes[0]))
            print(
                "| \(measure.name) | \(times.joined(separator: " | ")) "
                    + (sizes.count > 1 ? String(format: "| %.2f |", exponent) : "| – |"))
        }
        for (size, column) in zip(sizes, columns) {
            let idle = column.idle
            print(
                "idle sync at \(size) records: \(idle.roundTrips) round trip, at most "
                    + "\(idle.sent) bytes sent and \(idle.received) received")
            for (name, traffic) in column.traffic {
                print(
                    "\(name) at \(size) records: \(traffic.roundTrips) round trips, "
                        + "\(traffic.sent) bytes sent and \(traffic.received) received")
            }
        }
    }
}
