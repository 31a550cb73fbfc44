import SyncCore
public import SyncProtocol
import SyncStore

/// A hub's signed head, kept by somebody else: what a later verification binds the hub to.
///
/// A file of canonical JSON: `{"checkpoint":1,"head":{"head":…,"signature":…},"hub_key":hex}`.
public struct Checkpoint: Sendable, Equatable {
    /// The file's own version.
    public static let version: Int64 = 1

    public let hubKey: PublicKey
    public let head: SignedHead

    /// Takes a head that verifies under the key.
    ///
    /// - Throws: `CheckpointFault.forged`.
    public init(hubKey: PublicKey, head: SignedHead) throws(CheckpointFault) {
        guard head.head.hub == hubKey.deviceID, head.isSigned(by: hubKey) else { throw .forged }
        self.hubKey = hubKey
        self.head = head
    }

    /// - Throws: `CheckpointFault`.
    public init(encoded: [UInt8]) throws(CheckpointFault) {
        // A file that a person edited may end in a line end.
        let bytes = encoded.last == UInt8(ascii: "\n") ? Array(encoded.dropLast()) : encoded
        guard let json = try? JSONParser.parse(bytes), let version = json["checkpoint"]?.integer
        else { throw .notACheckpoint }
        guard version == Self.version else { throw .tooNew }
        guard let key = json["hub_key"]?.string.flatMap({ PublicKey(hex: $0) }),
            let head = try? SignedHead(json["head"])
        else { throw .notACheckpoint }
        try self.init(hubKey: key, head: head)
    }

    public var encoded: [UInt8] {
        Array(#"{"checkpoint":\#(Self.version),"head":"#.utf8) + head.encoded
            + Array(#","hub_key":"\#(hubKey.hex)"}"#.utf8)
    }

    /// Reads a file.
    ///
    /// - Throws: `CheckpointFileFault`, `StoreError`.
    public static func read(_ path: String) throws -> Checkpoint {
        let bytes = try FileBytes.head(of: path, count: byteLimit + 1)
        guard !bytes.isEmpty else {
            throw StoreError(.cannotOpen, path: path, detail: "no such file, or empty")
        }
        do throws(CheckpointFault) {
            guard bytes.count <= byteLimit else { throw .notACheckpoint }
            return try Checkpoint(encoded: bytes)
        } catch {
            throw CheckpointFileFault(path: path, fault: error)
        }
    }

    /// A checkpoint has under 1 KiB; heads may gain members.
    private static let byteLimit = 64 << 10
}

/// Why something is no checkpoint.
public enum CheckpointFault: Error, Sendable, Equatable {
    case notACheckpoint, tooNew
    /// The head is not signed by the key that stands beside it.
    case forged
    /// The file holds no head: a device that never synced.
    case noHead
    /// The tree of the hub's journal does not lead to its newest head.
    case notTheJournal
}

/// A file that is no checkpoint.
public struct CheckpointFileFault: Error, Sendable, Equatable {
    public let path: String
    public let fault: CheckpointFault
}
