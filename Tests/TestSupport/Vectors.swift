import CoreFoundation
import Foundation
public import SyncCore

/// Reads the files of Protocol/vectors.
public enum Vectors {
    /// The repository's root, from this file's place in it.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// One vector file as a tree. The strict parser of the engine would do too, but these files
    /// hold texts that must not be touched, and another parser keeps the test independent.
    public static func file(_ name: String) throws -> JSONValue {
        let url = root.appending(path: "Protocol/vectors/\(name).json")
        let object = try JSONSerialization.jsonObject(with: try Data(contentsOf: url))
        return try tree(object)
    }

    /// A text file of the repository.
    public static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func tree(_ object: Any) throws -> JSONValue {
        switch object {
        case is NSNull: return .null
        case let text as String: return .string(text)
        case let number as NSNumber:
            return isBoolean(number) ? .bool(number.boolValue) : .number(number.doubleValue)
        case let items as [Any]: return .array(try items.map(tree))
        case let members as [String: Any]: return .object(try members.mapValues(tree))
        default: throw CocoaError(.fileReadCorruptFile)
        }
    }

    private static func isBoolean(_ number: NSNumber) -> Bool {
        CFGetTypeID(number) == CFBooleanGetTypeID()
    }
}

extension JSONValue {
    /// A member that the vector must have.
    public subscript(_ key: String, as kind: JSONValue.Type) -> JSONValue {
        self[key] ?? .null
    }

    public func items(_ key: String) -> [JSONValue] { self[key]?.array ?? [] }
    public func text(_ key: String) -> String { self[key]?.string ?? "" }
    public func number(_ key: String) -> Int64 { self[key]?.integer ?? -1 }
}
