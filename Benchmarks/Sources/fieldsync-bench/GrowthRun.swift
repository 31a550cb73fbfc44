import Foundation

/// The table of growth, with the exponent from the smallest size to the largest.
struct GrowthRun {
    let programs: String
    let folder: BenchFolder
    private let sizes = [26_000, 260_000, 1_000_000]

    func run() async throws {
        var columns: [[(name: String, milliseconds: Double)]] = []
        for size in sizes {
            columns.append(
                try await Growth(programs: programs, folder: folder).measure(size))
        }
        let heads = sizes.map { "\($0) records" }.joined(separator: " | ")
        print("| measure | \(heads) | exponent |")
        print("|---|---|---|---|---|")
        guard let first = columns.first, let last = columns.last else { return }
        for (index, measure) in first.enumerated() {
            let times = columns.map { String(format: "%.1f ms", $0[index].milliseconds) }
            let exponent =
                log(last[index].milliseconds / measure.milliseconds)
                / log(Double(sizes[sizes.count - 1]) / Double(sizes[0]))
            print(
                "| \(measure.name) | \(times.joined(separator: " | ")) "
                    + String(format: "| %.2f |", exponent))
        }
    }
}
