import Foundation
import SyncClient
import SyncProtocol

/// A served hub as a process of its own, ended by its pid.
final class HubProcess {
    private let process = Process()
    let url: String

    /// Starts and waits until the hub answers.
    init(program: String, folder: String) async throws {
        let port = FreePort.find()
        url = "http://127.0.0.1:\(port)"
        process.executableURL = URL(filePath: program)
        process.arguments = [
            "serve", "--data", folder, "--listen", "127.0.0.1:\(port)", "--quota-changes",
            String(BenchHub.quota), "--quota-bytes", String(BenchHub.quota),
        ]
        process.standardOutput = FileHandle.nullDevice
        // BENCH_HUB_LOG=1 shows what the hub says.
        if ProcessInfo.processInfo.environment["BENCH_HUB_LOG"] == nil {
            process.standardError = FileHandle.nullDevice
        }
        try process.run()
        RunningHubs.add(process.processIdentifier)
        let deadline = ContinuousClock.now + .seconds(20)
        while await !answers() {
            guard process.isRunning, ContinuousClock.now < deadline else {
                stop()
                throw ChildProgram.Failure(program: program, status: -1, errors: "not ready")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func answers() async -> Bool {
        guard let transport = try? HTTPTransport(url: url, pin: nil) else { return false }
        let answer = try? await transport.send(WireRequest(.get, "/v1"))
        await transport.close()
        return answer?.status == 200
    }

    /// The largest resident memory so far, in MiB.
    var peakMebibytes: Double {
        let status =
            (try? String(
                contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(separator: " ").compactMap { Double($0) }.first
        return (kibibytes ?? .nan) / 1_024
    }

    func stop() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        RunningHubs.remove(process.processIdentifier)
    }
}
