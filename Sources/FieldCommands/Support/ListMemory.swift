import OutreachSchema
import SyncCore
import SyncReplica

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// The rows of the last list of each collection: `3` in the next command is the third of them.
///
/// One file a replica in the state folder: `{"last":"stops","stops":["32 hex digits",…]}`.
struct ListMemory {
    /// Longer numbers are beginnings of ids.
    static let digitLimit = 3
    /// Rows that have numbers: the last ones of a longer list.
    static let rowLimit = 999

    private let folder = StateFolder()
    private let fileName: String

    init(_ replica: Replica) {
        let path = realpath(replica.path, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        let hash = Hash256.sha256(Array((path ?? replica.path).utf8))
        fileName = "rows-\(hash.hex.prefix(16)).json"
    }

    /// The number that a person typed for a row; nil for anything else.
    static func row(_ text: String) -> Int? {
        let digits = text.compactMap(\.wholeNumberValue)
        guard digits.count == text.count, (1...digitLimit).contains(digits.count) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + $1 }
    }

    /// Keeps the rows of a list.
    ///
    /// - Parameter isOfRecords: whether its rows are what `why 3` and `undo 3` mean.
    /// - Returns: whether the numbers will be known to the next command.
    func keep(_ ids: [RecordID], of collection: String, isOfRecords: Bool = true) -> Bool {
        var lists = lists
        lists[collection] = .array(ids.suffix(Self.rowLimit).map { .string($0.hex) })
        if isOfRecords { lists["last"] = .string(collection) }
        return folder.write(CanonicalJSON.bytes(.object(lists)), as: fileName)
    }

    /// The record of a row, of the collection's last list or of the last list at all.
    func key(ofRow row: Int, in collection: String?) -> RecordKey? {
        let lists = lists
        guard let name = collection ?? lists["last"]?.string,
            let ids = lists[name]?.array, row >= 1, row <= ids.count,
            let id = ids[row - 1].string.flatMap({ RecordID(hex: $0) })
        else { return nil }
        return RecordKey(name, id)
    }

    private var lists: [String: JSONValue] {
        guard let bytes = folder.read(fileName),
            case .object(let lists)? = try? JSONParser.parse(bytes)
        else { return [:] }
        return lists
    }
}
