import Foundation
public import SyncCore

/// A copy of what a release wrote, which may be written to. Tests/Fixtures/README.md says what is
/// there.
public struct ReleasedFiles {
    private static let place = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")

    /// Folders of Tests/Fixtures.
    public static var releases: [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: place.path())
        return (names ?? []).filter { $0.hasPrefix("v") }.sorted()
    }

    public let folder = TestFolder()
    public let expected: JSONValue

    public init(_ name: String) throws {
        let source = Self.place.appending(path: name)
        let files = FileManager.default
        for file in try files.contentsOfDirectory(atPath: source.path()) {
            try files.copyItem(
                atPath: source.appending(path: file).path(), toPath: folder.file(file))
        }
        // What a checkout does not keep.
        for key in ["a.key", "b.key", "hub/hub.key"] {
            try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file(key))
        }
        expected = try Self.json(folder.file("expected.json"))
    }

    public func text(_ name: String) throws -> String {
        try (expected["hub"] ?? .null).text(name)
    }

    /// Requests and their answers, in order.
    public func traffic() throws -> [JSONValue] {
        try Self.json(folder.file("traffic.json")).array ?? []
    }

    private static func json(_ path: String) throws -> JSONValue {
        try JSONParser.parse([UInt8](Data(contentsOf: URL(filePath: path))))
    }
}
