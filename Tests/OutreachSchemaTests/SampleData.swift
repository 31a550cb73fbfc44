import Foundation
import OutreachSchema
import SyncCore

/// The sample year-to-date log in `Tests/SampleData`.
enum SampleData {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("SampleData")

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    static func reader(_ collection: CollectionDescription) throws -> ImportReader {
        try ImportReader(bytes("\(collection.name).csv"), into: collection, zone: .shanghai)
    }
}

/// Bytes of an import in UTF-8.
func csv(_ lines: String...) -> [UInt8] {
    Array(lines.joined(separator: "\r\n").utf8)
}
