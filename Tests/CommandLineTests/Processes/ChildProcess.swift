import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A program as a process of its own.
///
/// Foundation's `Process` is not used: its pipes leak into children that are started at the same
/// time, so that the end of an output is seen only when those end too.
struct ChildProcess: Sendable {
    let pid: pid_t
    private let data: Int32
    /// Closed if the talk goes to a file.
    private let talk: Int32

    /// - Parameters:
    ///   - input: what the child reads; nothing if nil.
    ///   - talkFile: where standard error is appended to; kept for `collect` if nil.
    init(
        _ program: String, _ arguments: [String], environment: [String: String],
        input: Int32? = nil, talkFile: String? = nil
    ) throws {
        let dataPipe = try Self.pipe()
        let talkPipe = try Self.pipe()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, dataPipe.write, 1)
        if let talkFile {
            posix_spawn_file_actions_addopen(
                &actions, 2, talkFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, talkPipe.write, 2)
        }
        pid = try Self.spawn(program, arguments, environment, &actions)
        close(dataPipe.write)
        close(talkPipe.write)
        data = dataPipe.read
        talk = talkPipe.read
    }

    /// Held where a descriptor is made that no child may inherit, and where children are made.
    private static let forking = Mutex(())

    /// No other child inherits the ends.
    static func pipe() throws -> (read: Int32, write: Int32) {
        try forking.withLock { _ in
            var ends: [Int32] = [0, 0]
            guard Glibc.pipe(&ends) == 0 else { throw ProcessFault("pipe: errno \(errno)") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return (ends[0], ends[1])
        }
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ environment: [String: String],
        _ actions: inout posix_spawn_file_actions_t
    ) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The test runner may ignore or block signals that the child is to have.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        var settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + settings { free(word) } }
        var pid: pid_t = 0
        let code = forking.withLock { _ in
            posix_spawn(&pid, program, &actions, &attributes, &words, &settings)
        }
        guard code == 0 else { throw ProcessFault("cannot start \(program): errno \(code)") }
        return pid
    }

    func signal(_ number: Int32) { kill(pid, number) }

    /// Waits for the end of the process. Call once.
    ///
    /// - Returns: the exit status; the negative number of the signal that ended it.
    func reap() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        close(data)
        close(talk)
        return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
    }

    /// The next line on standard output, without its end; nil if it ends or the time is over.
    func readLine(within limit: Duration) -> String? {
        var line: [UInt8] = []
        let end = ContinuousClock.now + limit
        while let byte = Self.read(data, 1, until: end)?.first {
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    /// Both outputs up to their ends.
    ///
    /// - Returns: nil if the time was over before.
    func collect(within limit: Duration) -> (data: [UInt8], talk: [UInt8])? {
        let end = ContinuousClock.now + limit
        var output: [Int32: [UInt8]] = [data: [], talk: []]
        var isOpen: Set<Int32> = [data, talk]
        while !isOpen.isEmpty {
            guard let ready = Self.ready(isOpen, until: end) else { return nil }
            for descriptor in ready {
                let part = Self.read(descriptor, 65_536, until: end) ?? []
                if part.isEmpty { isOpen.remove(descriptor) }
                output[descriptor]! += part
            }
        }
        return (output[data]!, output[talk]!)
    }

    /// Which descriptors can be read; nil if none can before the end.
    private static func ready(
        _ descriptors: Set<Int32>, until end: ContinuousClock.Instant
    ) -> [Int32]? {
        var asked = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        repeat {
            let left = max(Int32((end - .now) / .milliseconds(1)), 0)
            let count = poll(&asked, nfds_t(asked.count), left)
            if count > 0 { return asked.filter { $0.revents != 0 }.map(\.fd) }
            if count == 0 { return nil }
        } while errno == EINTR
        return nil
    }

    private static func read(
        _ descriptor: Int32, _ count: Int, until end: ContinuousClock.Instant
    ) -> [UInt8]? {
        guard ready([descriptor], until: end) != nil else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = Glibc.read(descriptor, &bytes, count)
        return got < 0 ? nil : Array(bytes.prefix(got))
    }
}

/// A program could not be started, or did not do what the test stands on.
struct ProcessFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
