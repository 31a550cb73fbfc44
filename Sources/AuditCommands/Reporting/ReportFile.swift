import AuditReport
import CommandKit
import ReportGathering
import SyncCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where a report goes: whole or not at all, and never over what was audited.
struct ReportFile {
    let path: String

    /// What SQLite and the programs keep beside a file.
    private static let companions = ["", "-wal", "-shm", "-journal", ".key"]

    /// Checks that a report may be written there.
    ///
    /// - Parameters:
    ///   - inputs: the paths of all that is read.
    ///   - isForced: whether another file may be replaced.
    /// - Throws: `CommandFailure`.
    func check(inputs: [String], isForced: Bool) throws {
        let words = Messages.auditReport
        if try inputs.contains(where: { try isPart(of: $0) }) {
            throw CommandFailure(
                "over_input", words.overInput.text(["path": path]),
                mend: words.overInputMend.text(), status: .usage,
                facts: [.init("path", .string(path))])
        }
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure.fileExists(path: path)
        }
        let begin = try FileBytes.read(path, limit: ReportPage.signature.utf8.count)
        guard !isForced, !begin.starts(with: ReportPage.signature.utf8) else { return }
        throw CommandFailure(
            "file_exists", words.notAReport.text(["path": path]),
            mend: words.notAReportMend.text(), facts: [.init("path", .string(path))])
    }

    /// Whether the path is an input, a file beside one, or a hub's file in a folder that is one.
    private func isPart(of input: String) throws -> Bool {
        let own = Self.place(path)
        return [input, input + "/hub.sqlite"].contains { base in
            Self.companions.contains { suffix in
                let name = base + suffix
                var (first, second) = (stat(), stat())
                if stat(name, &first) == 0, stat(path, &second) == 0 {
                    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
                }
                return Self.place(name) == own
            }
        }
    }

    /// A path without links and dots in its folder; the file itself need not be there.
    private static func place(_ path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let name = parts.last.map(String.init) ?? path
        let folder = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
        guard let real = realpath(folder.isEmpty ? "/" : folder, nil) else { return path }
        defer { free(real) }
        return String(cString: real) + "/" + name
    }

    /// Writes the bytes beside the path and moves them there: a reader sees the old or the new.
    ///
    /// - Throws: `CommandFailure`.
    func write(_ bytes: [UInt8]) throws {
        var template = Array((path + ".partial-XXXXXX").utf8CString)
        let file = template.withUnsafeMutableBufferPointer { mkstemp($0.baseAddress!) }
        let part = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        guard file >= 0 else { throw failure() }
        let isWritten = Self.write(bytes, to: file) && fchmod(file, 0o644) == 0 && fsync(file) == 0
        let problem = isWritten ? nil : failure()
        close(file)
        if let problem {
            unlink(part)
            throw problem
        }
        guard rename(part, path) == 0 else {
            let problem = failure()
            unlink(part)
            throw problem
        }
    }

    private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func failure() -> CommandFailure {
        CommandFailure(systemError: errno, path: path) ?? .ioFailed(path: path)
    }
}

private func systemWrite(_ file: Int32, _ source: UnsafeRawBufferPointer) -> Int {
    write(file, source.baseAddress!, source.count)
}
