import SyncCore
public import SyncProtocol
import SyncStore

/// A hub's signed head, kept by somebody else: what a later verification binds the hub to.
///
/// A file of canonical JSON: `{"checkpoint":1,"head":{"head":…,"signature":…},"hub_key":hex}`, and
/// `"keys"` behind it where the hub's key was ever replaced: how it came to be `hub_key`.
public struct Checkpoint: Sendable, Equatable {
    /// The file's own version.
    public static let version: Int64 = 1

    /// The hub that signed, with all its keys.
    public let hub: HubIdentity
    public let head: SignedHead

    /// The key that it signed with when the checkpoint was taken.
    public var hubKey: PublicKey { hub.key }

    /// Takes a head that the hub vouches for.
    ///
    /// - Throws: `CheckpointFault.forged`.
    public init(hub: HubIdentity, head: SignedHead) throws(CheckpointFault) {
        guard hub.vouches(for: head) else { throw .forged }
        self.hub = hub
        self.head = head
    }

    /// A head of a hub whose key was never replaced.
    ///
    /// - Throws: `CheckpointFault.forged`.
    public init(hubKey: PublicKey, head: SignedHead) throws(CheckpointFault) {
        try self.init(hub: HubIdentity(key: hubKey, space: head.head.space), head: head)
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
        var succession = KeySuccession.none
        if let keys = json["keys"] {
            guard let found = try? KeySuccession(encoded: CanonicalJSON.bytes(keys)) else {
                throw .forged
            }
            succession = found
        }
        guard let hub = HubIdentity(key: key, space: head.head.space, succession: succession)
        else { throw .forged }
        try self.init(hub: hub, head: head)
    }

    public var encoded: [UInt8] {
        Array(#"{"checkpoint":\#(Self.version),"head":"#.utf8) + head.encoded
            + Array(#","hub_key":"\#(hubKey.hex)""#.utf8)
            + (hub.succession.isEmpty ? [] : Array(#","keys":"#.utf8) + hub.succession.encoded)
            + [UInt8(ascii: "}")]
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
