import Foundation

/// Where the programs under test and their companions are.
enum Programs {
    static let field = built("sync-field")
    static let hub = built("sync-hub")
    static let audit = built("sync-audit")
    /// The example of `Examples/ShoppingList`.
    static let shoppingList = built("shopping-list")

    /// The folder of the test bundle, which the build puts the programs into; else
    /// `FIELDSYNC_BIN`.
    private static let folder: String = {
        if let named = ProcessInfo.processInfo.environment["FIELDSYNC_BIN"] { return named }
        let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
        if FileManager.default.isExecutableFile(atPath: bundle + "/sync-field") { return bundle }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".build/debug").path
    }()

    private static func built(_ name: String) -> String { "\(folder)/\(name)" }

    /// SQLite's own shell, an eye on the file that shares no code with the engine.
    static func sqlite() throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
        let found = path.split(separator: ":").map { "\($0)/sqlite3" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else {
            throw ProcessFault("the program sqlite3 is missing: apt-get install sqlite3")
        }
        return found
    }

    /// The library that gives a process another wall clock.
    static func clockLibrary() throws -> String {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
        let found = ([""] + folders).map { "/usr/lib/\($0)/faketime/libfaketime.so.1" }
            .first { FileManager.default.fileExists(atPath: $0) }
        guard let found else {
            throw ProcessFault("libfaketime is missing: apt-get install faketime")
        }
        return found
    }

    /// A file of `Tests/SampleData`.
    static func sample(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "SampleData/\(name)").path
    }
}
