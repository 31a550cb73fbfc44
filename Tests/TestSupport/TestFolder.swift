import Foundation

/// A folder of its own for one test, gone when the test is.
///
/// In memory where the system has such a file system: a simulation commits thousands of times.
public final class TestFolder: Sendable {
    public let path: String

    public init() {
        let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
        path = "\(base)/fieldsync-test-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Copies a file with its write-ahead log, as a careless backup does.
    public func copyStore(_ name: String, to copy: String) throws {
        for suffix in ["", "-wal", "-shm"] {
            let target = file(copy) + suffix
            try? FileManager.default.removeItem(atPath: target)
            if FileManager.default.fileExists(atPath: file(name) + suffix) {
                try FileManager.default.copyItem(atPath: file(name) + suffix, toPath: target)
            }
        }
    }
}
