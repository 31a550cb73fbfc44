import Foundation

/// Seconds of wall time.
enum Stopwatch {
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    static func asyncSeconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - start) / .seconds(1)
    }
}

extension [Double] {
    /// The middle one; of an even number the lower.
    var median: Double { isEmpty ? .nan : sorted()[(count - 1) / 2] }

    /// - Parameter share: 0.95 for the 95th percentile.
    func percentile(_ share: Double) -> Double {
        isEmpty ? .nan : sorted()[Swift.min(count - 1, Int(Double(count) * share))]
    }
}

/// A folder on the real disk (not in memory), gone at the end.
final class BenchFolder {
    let path: String
    private var count = 0

    init() throws {
        let base = ProcessInfo.processInfo.environment["BENCH_FOLDER"] ?? ".build"
        path = "\(base)/bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A path that was not given before.
    func fresh(_ name: String) -> String {
        count += 1
        return "\(path)/\(count)-\(name)"
    }

    static func size(_ path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? Int) ?? 0
    }
}
