// Who vouches for a log beside its hub. Source: c2sp.org/tlog-cosignature; Protocol/README.md §15.

import SyncCore

/// A key that cosigns checkpoints.
public struct Witness: Sendable, Hashable {
    /// The signature type of a timestamped Ed25519 cosignature.
    private static let keyType: UInt8 = 4
    private static let timeBytes = 8

    public let name: String
    public let key: PublicKey

    /// A device as a witness.
    public init(_ key: PublicKey) {
        name = "fieldsync.witness/\(key.deviceID.hex)"
        self.key = key
    }

    /// Reads a verifier key, `NAME+ID+KEY`, of any witness; nil for anything else.
    public init?(verifierKey text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, !parts[0].contains(" "),
            let bytes = CheckpointNote.bytes(String(parts[2])), bytes.first == Self.keyType,
            let key = PublicKey(bytes: Array(bytes.dropFirst()))
        else { return nil }
        (name, self.key) = (String(parts[0]), key)
        guard text == verifierKey else { return nil }
    }

    /// What a verifier is given of the key.
    public var verifierKey: String {
        let bytes = [Self.keyType] + key.bytes
        return "\(name)+\(Hex.text(keyID))+\(CheckpointNote.base64(bytes))"
    }

    private var keyID: [UInt8] { CheckpointNote.keyID(name, key, type: Self.keyType) }

    /// The note with the witness's own line.
    ///
    /// - Parameters:
    ///   - key: the witness's.
    ///   - seconds: when it saw it, since 1970.
    public static func cosign(
        _ note: String, of checkpoint: CheckpointNote, by key: SigningKey, at seconds: Int64
    ) -> String {
        let witness = Witness(key.publicKey)
        let signature = key.signNote(message(checkpoint, seconds))
        let time = (0..<timeBytes).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * $0)) }
        let line = CheckpointNote.base64(witness.keyID + time + signature.bytes)
        return "\(note)\u{2014} \(witness.name) \(line)\n"
    }

    /// When this witness cosigned a note, in seconds since 1970; nil if it did not.
    ///
    /// - Parameter checkpoint: what the note says, as its hub signed it.
    public func cosigned(_ note: String, of checkpoint: CheckpointNote) -> Int64? {
        let begin = "\u{2014} \(name) "
        for line in note.split(separator: "\n") where line.hasPrefix(begin) {
            guard let bytes = CheckpointNote.bytes(String(line.dropFirst(begin.count))),
                bytes.count > 4 + Self.timeBytes,
                Array(bytes.prefix(4)) == keyID,
                let signature = Signature(bytes: Array(bytes.dropFirst(4 + Self.timeBytes)))
            else { continue }
            let time = bytes[4..<4 + Self.timeBytes].reduce(Int64(0)) { $0 << 8 | Int64($1) }
            if time >= 0, key.verifiesNote(signature, Self.message(checkpoint, time)) {
                return time
            }
        }
        return nil
    }

    private static func message(_ checkpoint: CheckpointNote, _ seconds: Int64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n\(checkpoint.text)".utf8)
    }
}
