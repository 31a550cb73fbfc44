// The head of an encrypted file, with a passphrase as its one recipient.
//
// Format: age v1 (https://age-encryption.org/v1), so that a backup can be opened by any program of
// that format: `age -d backup`. A random file key is wrapped under a key that scrypt makes of the
// passphrase; a MAC under the file key covers the head.
//
//     age-encryption.org/v1
//     -> scrypt SALT LOGN
//     WRAPPED FILE KEY
//     --- MAC

import Crypto
import CryptoExtras
import SyncCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The head of an age file that a passphrase opens.
struct AgeHeader {
    static let version = "age-encryption.org/v1"
    /// 128 MiB and half a second of a small server: guesses cost the same.
    static let workFactor = 17
    /// More would be a way to stop a machine with a file.
    static let workFactorLimit = 22
    static let fileKeyBytes = 16
    private static let saltBytes = 16
    private static let blockSize = 8
    /// Version, stanza, key and MAC are far shorter.
    static let byteLimit = 1_024

    /// As they stand in the file, the line end after the MAC included.
    let bytes: [UInt8]
    let fileKey: SymmetricKey

    /// Makes the head of a new file.
    init(passphrase: [UInt8], random: (Int) -> [UInt8], workFactor: Int) throws {
        let key = random(Self.fileKeyBytes)
        let salt = random(Self.saltBytes)
        let wrap = try Self.wrapKey(passphrase, salt, workFactor)
        let box = try ChaChaPoly.seal(key, using: wrap, nonce: Self.zeroNonce)
        let body = Array(box.ciphertext) + Array(box.tag)
        var text = Self.version + "\n-> scrypt \(Base64.text(salt)) \(workFactor)\n"
        text += Base64.text(body) + "\n---"
        fileKey = SymmetricKey(data: key)
        let mac = Self.mac(Array(text.utf8), fileKey)
        bytes = Array((text + " " + Base64.text(mac) + "\n").utf8)
    }

    /// Reads the head at the beginning of a file.
    ///
    /// - Throws: `AgeFault`.
    init(reading start: [UInt8], passphrase: [UInt8]) throws {
        let lines = try Self.lines(start)
        let stanza = lines[1].split(separator: " ", omittingEmptySubsequences: false)
        guard lines[0] == Self.version, stanza.count == 4, stanza[0] == "->",
            stanza[1] == "scrypt", let salt = Base64.bytes(stanza[2]),
            salt.count == Self.saltBytes, let factor = Int(stanza[3]),
            1...Self.workFactorLimit ~= factor, String(factor) == stanza[3],
            let body = Base64.bytes(lines[2]), body.count == Self.fileKeyBytes + 16,
            lines[3].hasPrefix("--- "), let mac = Base64.bytes(lines[3].dropFirst(4))
        else { throw AgeFault.form }
        let wrap = try Self.wrapKey(passphrase, salt, factor)
        let box = try ChaChaPoly.SealedBox(
            nonce: Self.zeroNonce, ciphertext: body.dropLast(16), tag: body.suffix(16))
        guard let key = try? ChaChaPoly.open(box, using: wrap) else { throw AgeFault.passphrase }
        fileKey = SymmetricKey(data: key)
        let covered = lines[0...2].joined(separator: "\n") + "\n---"
        guard Self.mac(Array(covered.utf8), fileKey) == mac else { throw AgeFault.damaged }
        bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Whether a file's first bytes are those of this format.
    static func isBeginning(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: Array((version + "\n").utf8))
    }

    /// The four lines of the head.
    private static func lines(_ start: [UInt8]) throws -> [String] {
        let parts = start.prefix(byteLimit)
            .split(separator: UInt8(ascii: "\n"), maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5 else { throw AgeFault.form }
        return parts[..<4].map { String(decoding: $0, as: UTF8.self) }
    }

    private static func wrapKey(
        _ passphrase: [UInt8], _ salt: [UInt8], _ factor: Int
    ) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: passphrase, salt: Array("\(version)/scrypt".utf8) + salt, outputByteCount: 32,
            rounds: 1 << factor, blockSize: blockSize, parallelism: 1)
    }

    private static func mac(_ head: [UInt8], _ fileKey: SymmetricKey) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: fileKey, info: Array("header".utf8), outputByteCount: 32)
        return Array(HMAC<SHA256>.authenticationCode(for: head, using: key))
    }

    /// Each wrapping key is used once.
    private static var zeroNonce: ChaChaPoly.Nonce {
        get throws { try ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12)) }
    }
}

/// Why a file cannot be opened.
enum AgeFault: Error, Equatable {
    /// Not of this format, or for another recipient than a passphrase.
    case form
    case passphrase
    case damaged
}

/// Base 64 without padding (RFC 4648 §4), only in its canonical form.
private enum Base64 {
    static func text(_ bytes: [UInt8]) -> String {
        let padded = Data(bytes).base64EncodedString()
        return String(padded.prefix { $0 != "=" })
    }

    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: String(text) + padding), Self.text(Array(data)) == text
        else { return nil }
        return Array(data)
    }
}
