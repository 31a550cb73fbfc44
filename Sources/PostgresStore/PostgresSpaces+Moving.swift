#if PostgreSQL
    package import SyncHub
    package import SyncProtocol
    import SyncStore

    // A hub moves between a folder and a database.

    extension PostgresSpaces {
        /// How long a hub that serves a space may not have heard that it was retired.
        private static let hearing = Duration.seconds(11)

        /// Takes a folder's hub over as a space. An attempt that was cut is gone on with.
        ///
        /// - Throws: `SpaceFault`, `HubFolderFault`, `StoreMoveFault`, `StoreError`.
        package func take(
            _ folder: HubFolder, as name: String, onProgress: @escaping (Int64, Int64) -> Void
        ) throws -> SignedHead {
            let (source, key) = try folder.openToMove(environment: environment)
            let target = try place(for: name, key)
            let head = try StoreMove(from: source.unguarded, to: target, onProgress: onProgress)
                .run(to: "\(shownAddress)#\(name)", finish: Self.countOn)
            try source.close()
            return head
        }

        /// Takes a space of another database over, under its name.
        ///
        /// - Throws: `SpaceFault`, `HubFolderFault`, `StoreMoveFault`, `StoreError`.
        package func take(
            _ name: String, from other: PostgresSpaces, onProgress: @escaping (Int64, Int64) -> Void
        ) async throws -> SignedHead {
            let (source, key) = try other.openToMove(name)
            let target = try place(for: name, key)
            return try await other.withoutService(name) {
                try StoreMove(from: source.unguarded, to: target, onProgress: onProgress)
                    .run(to: "\(shownAddress)#\(name)", finish: Self.countOn)
            }
        }

        /// Moves a space into a new folder; the database keeps it, retired.
        ///
        /// - Throws: `SpaceFault`, `HubFolderFault`, `StoreMoveFault`, `StoreError`.
        package func move(
            _ name: String, to folder: HubFolder, onProgress: @escaping (Int64, Int64) -> Void
        ) async throws -> SignedHead {
            let (source, key) = try openToMove(name)
            let target = try folder.prepareToMove(key, environment: environment)
            return try await withoutService(name) {
                let head = try StoreMove(
                    from: source.unguarded, to: target.unguarded, onProgress: onProgress
                ).run(to: folder.path)
                try target.close()
                return head
            }
        }

        /// Runs `body` once hubs that serve a space have stopped: before its first row is read.
        private func withoutService<T>(_ name: String, _ body: () throws -> T) async throws -> T {
            let wasInUse = try isInUse(name)
            if wasInUse { try retire(name) }
            do {
                if wasInUse { try await Task.sleep(for: Self.hearing) }
                return try body()
            } catch {
                // It is a hub still: nothing keeps it from serving.
                if wasInUse { try resume(name) }
                throw error
            }
        }
    }
#endif
