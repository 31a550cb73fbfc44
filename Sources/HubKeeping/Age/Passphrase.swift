import SyncStore

/// What opens an encrypted backup.
public struct Passphrase: Sendable {
    let bytes: [UInt8]

    /// Reads it from a file: its first line, without the end of the line.
    ///
    /// - Throws: `KeepingFault.passphraseEmpty`, `StoreError`.
    public init(file path: String) throws {
        let content = try FileInput(path).read(Self.byteLimit)
        let line = content.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard !line.isEmpty else { throw KeepingFault.passphraseEmpty(path: path) }
        bytes = Array(line)
    }

    private static let byteLimit = 4_096
}
