import Foundation

/// How far a machine's wall clock is off. Its timers run as ever.
struct WallClock: Sendable {
    let seconds: Int

    static let right = WallClock(seconds: 0)

    static func off(days: Int = 0, hours: Int = 0, minutes: Int = 0) -> WallClock {
        WallClock(seconds: ((days * 24 + hours) * 60 + minutes) * 60)
    }

    /// Starts a program under this clock.
    ///
    /// The library changes the environment when it is loaded first, and Swift's runtime finds a
    /// program's arguments beside the unchanged one; so `env` loads it first, then becomes the
    /// program, with the same process id.
    func start(
        _ program: String, _ arguments: [String], environment: [String: String],
        talkFile: String? = nil
    ) throws -> ChildProcess {
        guard seconds != 0 else {
            return try ChildProcess(
                program, arguments, environment: environment, talkFile: talkFile)
        }
        var settings = environment
        settings["LD_PRELOAD"] = try Programs.clockLibrary()
        settings["FAKETIME"] = (seconds < 0 ? "" : "+") + String(seconds)
        settings["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
        return try ChildProcess(
            "/usr/bin/env", [program] + arguments, environment: settings, talkFile: talkFile)
    }

    /// Takes away what the library leaves in shared memory when `env` becomes the program.
    static func clean(after pid: pid_t) {
        for name in ["faketime_shm_\(pid)", "sem.faketime_sem_\(pid)"] {
            try? FileManager.default.removeItem(atPath: "/dev/shm/" + name)
        }
    }
}
