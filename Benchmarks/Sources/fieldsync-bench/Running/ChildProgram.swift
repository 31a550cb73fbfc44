import Dispatch
import Foundation

/// A program that is started and waited for.
struct ChildProgram {
    private let path: String
    private let arguments: [String]

    init(_ path: String, _ arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    struct Failure: Error {
        let program: String
        let status: Int32
        let errors: String
    }

    /// - Parameters:
    ///   - allowed: exit codes that are no failure.
    ///   - showsErrors: its standard error is this program's, and not kept.
    /// - Returns: wall seconds, start and end included, and what it printed.
    @discardableResult
    func run(
        allowed: Set<Int32> = [0], showsErrors: Bool = false
    ) throws -> (seconds: Double, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        if !showsErrors { process.standardError = errors }
        // `waitUntilExit` looks every 50 ms on threads other than the first.
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        let start = ContinuousClock.now
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let said = showsErrors ? Data() : errors.fileHandleForReading.readDataToEndOfFile()
        ended.wait()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        guard allowed.contains(process.terminationStatus) else {
            throw Failure(
                program: path, status: process.terminationStatus,
                errors: String(decoding: said, as: UTF8.self))
        }
        return (seconds, String(decoding: text, as: UTF8.self))
    }
}
