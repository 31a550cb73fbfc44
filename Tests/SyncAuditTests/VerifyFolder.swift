import Foundation
import TestSupport

extension TestFolder {
    /// Name, size and content of every file below, to see that nothing was written.
    func fingerprints() throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? [] {
            // SQLite's shared memory belongs to whoever has the file open.
            guard !name.hasSuffix("-shm") else { continue }
            found[name] = FileManager.default.contents(atPath: file(name)) ?? Data()
        }
        return found
    }

    func read(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: file(name)))
    }
}
