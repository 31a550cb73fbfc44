// Files that somebody downloads.
//
// Problem: a year's stops are more than the hub's memory should hold, and ten people may ask at once.
// Idea: what is large is written into a file beside the hub's data, one at a time, and then sent a
// piece at a time. The file has no name any more when it is sent: nothing is left behind.

import SyncStore

/// Makes large things one at a time, in files that are gone with their last reader.
actor DeskFiles {
    /// Who waits for a turn; more are told to come again.
    private static let waitingLimit = 8
    /// What stays free on the hub's disk: a hub that cannot write takes nothing.
    static let spareBytes: Int64 = 200 << 20

    /// Where files lie while they are made.
    nonisolated let folder: String
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var made = 0

    /// - Parameter data: the hub's data folder.
    init(data: String) {
        folder = data + "/desk-files"
        // Of a hub that was killed meanwhile.
        for name in DraftFolder.names(folder) ?? [] { PlainFile.remove("\(folder)/\(name)") }
    }

    /// A file, ready to be sent.
    struct Made: Sendable {
        let input: FileInput
        let bytes: Int64
    }

    /// Writes a file and takes its name away.
    ///
    /// - Parameter write: is given a path at which there is nothing.
    /// - Throws: `DeskFault.busy`, `StoreError`, what `write` throws.
    func file(_ write: @Sendable (String) async throws -> Void) async throws -> Made {
        try await alone {
            try FilePresence.makeFolder(folder)
            let path = await nextPath()
            defer { PlainFile.remove(path) }
            try await write(path)
            return Made(input: try FileInput(path), bytes: PlainFile.size(path))
        }
    }

    /// Runs `body` with a path for a file of its own, which is gone afterwards.
    ///
    /// - Parameter bytes: what the file will have.
    /// - Throws: `DeskFault.busy`, `DeskFault.diskFull`, what `body` throws.
    func scratch<T: Sendable>(
        _ bytes: Int64, _ body: @Sendable (String) async throws -> T
    ) async throws -> T {
        try await alone {
            try FilePresence.makeFolder(folder)
            try checkSpace(for: bytes)
            let path = await nextPath()
            defer { PlainFile.remove(path) }
            return try await body(path)
        }
    }

    private func nextPath() -> String {
        made += 1
        return "\(folder)/\(made)"
    }

    /// Runs `body` when nobody else's runs.
    ///
    /// - Throws: `DeskFault.busy` where too many wait.
    func alone<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
        if isBusy {
            guard waiting.count < Self.waitingLimit else { throw DeskFault.busy }
            await withCheckedContinuation { waiting.append($0) }
        }
        isBusy = true
        defer {
            // Whoever waits gets the turn as it is: nobody comes between.
            if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
        }
        return try await body()
    }

    /// - Throws: `DeskFault.diskFull` before a file takes what the hub needs.
    nonisolated func checkSpace(for bytes: Int64 = 0) throws {
        guard PlainFile.freeBytes(at: folder) ?? .max > Self.spareBytes + bytes else {
            throw DeskFault.diskFull
        }
    }
}
