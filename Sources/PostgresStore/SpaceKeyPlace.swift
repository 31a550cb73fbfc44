#if PostgreSQL
    import SyncCore
    import SyncHub
    import SyncProtocol
    import SyncStore

    /// A space's key in the directory of its database, sealed under the master key.
    struct SpaceKeyPlace: HubKeyPlace {
        let schema: String
        let master: MasterKey

        func key(of publicKey: PublicKey, _ store: StoreConnection) throws -> SigningKey? {
            var found: SigningKey?
            try store.each(
                "SELECT name, sealed_key FROM fieldsync.spaces WHERE schema = ?", .text(schema)
            ) { found = master.open($0.array(1), for: $0.text(0)) }
            return found?.publicKey == publicKey ? found : nil
        }

        /// In the same transaction as all else: until the commit nobody else sees it.
        func prepare(_ key: SigningKey, _ store: StoreConnection) throws {
            var name: String?
            try store.each(
                "SELECT name FROM fieldsync.spaces WHERE schema = ? FOR UPDATE", .text(schema)
            ) { name = $0.text(0) }
            guard let name else { throw SpaceFault.missing(schema) }
            try store.run(
                "UPDATE fieldsync.spaces SET sealed_key = ? WHERE schema = ?",
                .blob(try master.seal(key, for: name)), .text(schema))
        }

        func settle(_ key: SigningKey) throws {}
    }
#endif
