// The body of an encrypted file: pieces of 64 KiB, each sealed with ChaCha20-Poly1305.
//
// The nonce counts the pieces and marks the last one, so that pieces cannot be left out, moved or
// cut off at the end unseen (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár 2015).
// Format: https://age-encryption.org/v1

import Crypto
import SyncStore

/// Files under a passphrase, a piece at a time.
enum AgeFile {
    static let pieceBytes = 64 << 10
    private static let tagBytes = 16
    private static let nonceBytes = 16

    /// Whether a file is encrypted.
    ///
    /// - Throws: `StoreError` if it cannot be read.
    static func isEncrypted(_ path: String) throws -> Bool {
        AgeHeader.isBeginning(try FileInput(path).read(AgeHeader.byteLimit))
    }

    /// - Throws: `StoreError`.
    static func encrypt(
        _ source: String, to target: String, passphrase: [UInt8], random: (Int) -> [UInt8],
        workFactor: Int = AgeHeader.workFactor
    ) throws {
        let input = try FileInput(source)
        let output = try FileOutput(target)
        let header = try AgeHeader(
            passphrase: passphrase, random: random, workFactor: workFactor)
        let nonce = random(nonceBytes)
        try output.write(header.bytes + nonce)
        var cipher = PieceCipher(header.fileKey, nonce: nonce)
        var piece = try input.read(pieceBytes)
        var isLast = false
        repeat {
            let next = piece.count < pieceBytes ? [] : try input.read(pieceBytes)
            isLast = next.isEmpty
            try output.write(cipher.seal(piece, isLast: isLast))
            piece = next
        } while !isLast
        try output.sync()
    }

    /// Hands the content on, a piece at a time. Nothing may be kept of it if this throws.
    ///
    /// - Throws: `AgeFault`, `StoreError`, what `body` throws.
    static func decrypt(
        _ path: String, passphrase: [UInt8], body: ([UInt8]) throws -> Void
    ) throws {
        let start = try FileInput(path).read(AgeHeader.byteLimit)
        let header = try AgeHeader(reading: start, passphrase: passphrase)
        let input = try FileInput(path)
        _ = try input.read(header.bytes.count)
        let nonce = try input.read(nonceBytes)
        guard nonce.count == nonceBytes else { throw AgeFault.damaged }
        var cipher = PieceCipher(header.fileKey, nonce: nonce)
        var piece = try input.read(pieceBytes + tagBytes)
        var isFirst = true
        while true {
            let next =
                piece.count < pieceBytes + tagBytes
                ? [] : try input.read(pieceBytes + tagBytes)
            let content = try cipher.open(piece, isLast: next.isEmpty)
            // Only a file without content may end with an empty piece.
            guard isFirst || !content.isEmpty else { throw AgeFault.damaged }
            try body(content)
            if next.isEmpty { return }
            (piece, isFirst) = (next, false)
        }
    }

    /// - Throws: `AgeFault`, `StoreError`.
    static func decrypt(_ path: String, to target: String, passphrase: [UInt8]) throws {
        let output = try FileOutput(target)
        try decrypt(path, passphrase: passphrase) { try output.write($0) }
        try output.sync()
    }

    static func hash(_ path: String) throws -> [UInt8] {
        var hasher = SHA256()
        let input = try FileInput(path)
        while case let piece = try input.read(pieceBytes), !piece.isEmpty {
            hasher.update(data: piece)
        }
        return Array(hasher.finalize())
    }

    /// SHA-256 of what a file decrypts to.
    static func contentHash(_ path: String, passphrase: [UInt8]) throws -> [UInt8] {
        var hasher = SHA256()
        try decrypt(path, passphrase: passphrase) { hasher.update(data: $0) }
        return Array(hasher.finalize())
    }
}

/// Seals and opens the pieces of one file, in order.
private struct PieceCipher {
    private let key: SymmetricKey
    private var count: UInt64 = 0

    init(_ fileKey: SymmetricKey, nonce: [UInt8]) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: fileKey, salt: nonce, info: Array("payload".utf8),
            outputByteCount: 32)
    }

    mutating func seal(_ piece: [UInt8], isLast: Bool) throws -> [UInt8] {
        let box = try ChaChaPoly.seal(piece, using: key, nonce: nonce(isLast))
        return Array(box.ciphertext) + Array(box.tag)
    }

    mutating func open(_ piece: [UInt8], isLast: Bool) throws -> [UInt8] {
        guard piece.count >= 16 else { throw AgeFault.damaged }
        let box = try ChaChaPoly.SealedBox(
            nonce: nonce(isLast), ciphertext: piece.dropLast(16), tag: piece.suffix(16))
        guard let content = try? ChaChaPoly.open(box, using: key) else { throw AgeFault.damaged }
        return Array(content)
    }

    /// 88 bits of the piece's number, big-endian, and whether it is the last.
    private mutating func nonce(_ isLast: Bool) throws -> ChaChaPoly.Nonce {
        var bytes = [UInt8](repeating: 0, count: 12)
        for place in 0..<8 { bytes[10 - place] = UInt8(truncatingIfNeeded: count >> (8 * place)) }
        bytes[11] = isLast ? 1 : 0
        count += 1
        return try ChaChaPoly.Nonce(data: bytes)
    }
}
