// The journal's head in the form that other transparency logs use, so that verifiers which know
// nothing of FieldSync can check it. Source: c2sp.org/tlog-checkpoint, c2sp.org/signed-note;
// Protocol/README.md §15.

public import SyncCore

/// A head as a signed note: origin, size and root, under the hub's Ed25519 key.
public struct CheckpointNote: Sendable, Equatable {
    /// The signature type of an Ed25519 log key.
    static let keyType: UInt8 = 1

    public let origin: String
    public let size: Int64
    public let root: Hash256

    public init(_ head: Head) {
        origin = Self.origin(of: head.space)
        size = head.size
        root = head.root
    }

    /// The log's name: the space's id under a name that no message of this protocol begins with.
    public static func origin(of space: SpaceID) -> String { "fieldsync.log/\(space.hex)" }

    /// What is signed: three lines.
    public var text: String { "\(origin)\n\(size)\n\(Self.base64(root.bytes))\n" }

    /// The note with the hub's signature, as `/checkpoint` serves it.
    public func signed(by key: SigningKey) -> String {
        let signature = key.signNote(Array(text.utf8))
        let line = Self.keyID(origin, key.publicKey) + signature.bytes
        return "\(text)\n\u{2014} \(origin) \(Self.base64(line))\n"
    }

    /// What a verifier is given of the key: `NAME+ID+KEY`.
    public static func verifierKey(_ origin: String, _ key: PublicKey) -> String {
        "\(origin)+\(Hex.text(keyID(origin, key)))+\(base64([keyType] + key.bytes))"
    }

    /// Reads a note that the hub signed.
    ///
    /// - Returns: nil for anything else, be it the smallest difference.
    public init?(_ note: String, hub: PublicKey, space: SpaceID) {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 6, lines[0] == Self.origin(of: space), lines[3].isEmpty,
            let size = Int64(lines[1]), String(size) == lines[1], size >= 0,
            let bytes = Self.bytes(lines[2]), bytes.count == Hash256.byteCount,
            let root = Hash256(bytes: bytes), lines.last == ""
        else { return nil }
        (origin, self.size, self.root) = (lines[0], size, root)
        let begin = "\u{2014} \(origin) "
        let id = Self.keyID(origin, hub)
        // Lines of other keys (witnesses) are passed over.
        let own = lines[4..<lines.count - 1].filter { $0.hasPrefix(begin) }
            .compactMap { Self.bytes(String($0.dropFirst(begin.count))) }
            .filter { Array($0.prefix(4)) == id }
        guard own.count == 1, let signature = Signature(bytes: Array(own[0].dropFirst(4))),
            hub.verifiesNote(signature, Array(text.utf8))
        else { return nil }
    }

    /// A note's text and the line of its log's own key, without the lines of witnesses.
    public static func ownPart(of note: String) -> String {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        let begin = "\u{2014} \(lines[0]) "
        let kept = lines.prefix(4) + lines.dropFirst(4).filter { $0.hasPrefix(begin) }
        return kept.joined(separator: "\n") + "\n"
    }

    /// The origin and size that a note says it is of; nil for what is no checkpoint. Nothing is
    /// proved by it.
    public static func claim(_ note: String) -> (space: SpaceID, size: Int64)? {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        let prefix = "fieldsync.log/"
        guard lines.count >= 5, lines[0].hasPrefix(prefix),
            let space = SpaceID(hex: lines[0].dropFirst(prefix.count)), let size = Int64(lines[1])
        else { return nil }
        return (space, size)
    }

    /// The first four bytes of SHA-256 of name, line feed, type and key.
    static func keyID(_ name: String, _ key: PublicKey, type: UInt8 = keyType) -> [UInt8] {
        Array(Hash256.sha256(Array(name.utf8) + [0x0A, type] + key.bytes).bytes.prefix(4))
    }

    /// RFC 4648 §4, padded.
    static func base64(_ bytes: [UInt8]) -> String {
        let plain = Base64URL.text(bytes).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return String(plain) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
    }

    /// Nil for what `base64` does not write.
    static func bytes(_ text: String) -> [UInt8]? {
        let plain = text.prefix { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
        guard let bytes = Base64URL.bytes(String(plain)), base64(bytes) == text else { return nil }
        return bytes
    }
}

extension HubIdentity {
    /// A note of this hub's, read: signed by its present key, or by a former one in its time; nil
    /// for any other text.
    public func note(_ text: String) -> CheckpointNote? {
        if let note = CheckpointNote(text, hub: key, space: space) { return note }
        for handover in succession.handovers {
            if let note = CheckpointNote(text, hub: handover.from, space: space),
                note.size <= handover.size
            {
                return note
            }
        }
        return nil
    }
}
