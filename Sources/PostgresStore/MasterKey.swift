#if PostgreSQL
    // The keys of spaces at rest. Whoever reads the database has no hub's key; whoever has the master
    // key and not the database has none either.

    import Crypto
    package import SyncCore
    import SyncProtocol
    import SyncStore

    /// The key under which a database's spaces keep theirs.
    package struct MasterKey: Sendable {
        private static let byteCount = 32

        private let key: SymmetricKey

        /// - Returns: nil unless there are 32 bytes.
        package init?(bytes: [UInt8]) {
            guard bytes.count == Self.byteCount else { return nil }
            key = SymmetricKey(data: bytes)
        }

        /// 64 hex digits, with or without a line end.
        package init?(hex text: String) {
            guard let bytes = Hex.bytes(String(text.filter { !$0.isWhitespace })) else {
                return nil
            }
            self.init(bytes: bytes)
        }

        /// A new key in a file of mode 0600.
        ///
        /// - Throws: `StoreError`.
        package static func make(at path: String, environment: Environment) throws -> MasterKey {
            let bytes = environment.randomBytes(byteCount)
            try SecretFile.write(Array((Hex.text(bytes) + "\n").utf8), to: path)
            return MasterKey(bytes: bytes)!
        }

        /// - Parameter space: the space's name: a sealed key is good for it alone.
        func seal(_ key: SigningKey, for space: String) throws -> [UInt8] {
            let box = try AES.GCM.seal(key.seed, using: self.key, authenticating: Array(space.utf8))
            return Array(box.combined!)
        }

        /// - Returns: nil if it was sealed under another key, or for another space.
        func open(_ sealed: [UInt8], for space: String) -> SigningKey? {
            guard let box = try? AES.GCM.SealedBox(combined: sealed),
                let seed = try? AES.GCM.open(box, using: key, authenticating: Array(space.utf8))
            else { return nil }
            return SigningKey(seed: Array(seed))
        }
    }
#endif
