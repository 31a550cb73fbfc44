import CommandKit
import SyncStore

/// A file that a command is told to read.
enum InputFile {
    private static let chunkBytes = 1 << 20

    /// - Parameter limit: what is longer is read so far and no further; nil: all of it.
    /// - Throws: `CommandFailure`.
    static func read(_ path: String, limit: Int? = nil) throws -> [UInt8] {
        do {
            let file = try FileInput(path)
            if let limit { return try file.read(limit) }
            var bytes: [UInt8] = []
            while true {
                let chunk = try file.read(chunkBytes)
                bytes += chunk
                if chunk.count < chunkBytes { return bytes }
            }
        } catch let error as StoreError {
            throw switch error.kind {
            case .cannotOpen: CommandFailure.fileNotFound(path: path, cause: error)
            case .readOnly: CommandFailure.permissionDenied(path: path, cause: error)
            default: CommandFailure.ioFailed(path: path, cause: error)
            }
        }
    }
}
