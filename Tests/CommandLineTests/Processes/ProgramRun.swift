import Foundation
import SyncCore

/// A program that was started and has not been waited for.
struct StartedProgram: Sendable {
    let child: ChildProcess
    let line: String

    /// No command of these tests takes longer, even on a machine that does much else.
    static let limit = Duration.seconds(40)

    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        clock: WallClock = .right
    ) throws {
        let all = ["PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8"].merging(environment) { $1 }
        child = try clock.start(program, arguments, environment: all)
        line = ([String(program.split(separator: "/").last ?? "")] + arguments)
            .joined(separator: " ")
    }

    /// Waits for its end, and ends it if that takes too long.
    func finish(within limit: Duration = Self.limit) throws -> ProgramRun {
        let output = child.collect(within: limit)
        if output == nil { child.signal(SIGKILL) }
        let status = child.reap()
        WallClock.clean(after: child.pid)
        guard let output else { throw ProcessFault("\(line): no end within \(limit)") }
        return ProgramRun(
            line: line, status: status, stdout: String(decoding: output.data, as: UTF8.self),
            stderr: String(decoding: output.talk, as: UTF8.self))
    }

    /// Ends it after a time, unless it ends before.
    ///
    /// - Returns: whether it was killed.
    func kill(after moment: Duration) -> Bool {
        let hasEnded = child.collect(within: moment) != nil
        if !hasEnded { child.signal(SIGKILL) }
        return child.reap() == -SIGKILL
    }
}

/// What one run of a program gave.
struct ProgramRun: Sendable, CustomStringConvertible {
    let line: String
    /// The negative number of the signal that ended it, if one did.
    let status: Int32
    let stdout: String
    let stderr: String

    var description: String { "\(line): status \(status)\n\(stdout)\(stderr)" }

    /// Standard output as one JSON document.
    var json: JSONValue {
        get throws { try Self.document(stdout, of: self) }
    }

    /// The error on standard error.
    var error: JSONValue {
        get throws {
            guard let error = try Self.document(stderr, of: self)["error"] else {
                throw ProcessFault("no error in: \(self)")
            }
            return error
        }
    }

    private static func document(_ text: String, of run: ProgramRun) throws -> JSONValue {
        let line = text.trimmingCharacters(in: .newlines)
        do { return try JSONParser.parse(Array(line.utf8)) } catch {
            throw ProcessFault("not one JSON document (\(error)): \(run)")
        }
    }

    /// - Throws: `ProcessFault` with the whole output, unless the status is 0.
    @discardableResult func succeeded() throws -> ProgramRun {
        guard status == 0 else { throw ProcessFault("failed: \(self)") }
        return self
    }
}
