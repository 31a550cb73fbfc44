import Foundation

/// One budget and what was measured.
struct Measure {
    let name: String
    /// What was measured over what it is compared with, or over the budget's own unit.
    let ratio: Double
    let budget: Double
    /// The figures that the ratio comes from.
    let detail: String

    var isKept: Bool { ratio <= budget }
}

/// The table and `bench.json`.
struct BenchReport {
    private(set) var measures: [Measure] = []

    mutating func add(_ measure: Measure) {
        measures.append(measure)
        let mark = measure.isKept ? "ok  " : "OVER"
        let ratio = String(format: "%6.2f", measure.ratio)
        let budget = String(format: "%5.2f", measure.budget)
        let name = measure.name.padding(toLength: 34, withPad: " ", startingAt: 0)
        print("\(mark) \(name) \(ratio) of \(budget)   \(measure.detail)")
        fflush(nil)
    }

    /// `[{"name","ratio","budget","ok"}]`.
    func write(to path: String) throws {
        let items = measures.map { measure -> [String: Any] in
            [
                "name": measure.name, "ratio": (measure.ratio * 1_000).rounded() / 1_000,
                "budget": measure.budget, "ok": measure.isKept,
            ]
        }
        let data = try JSONSerialization.data(
            withJSONObject: items, options: [.prettyPrinted, .sortedKeys])
        try data.write(to: URL(filePath: path))
    }
}
