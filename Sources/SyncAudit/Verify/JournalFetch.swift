import Gzip
import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// Fetches a hub's whole journal into a private temporary file, a page at a time.
///
/// Source: Protocol/README.md §8.7.
struct JournalFetch {
    let transport: any HubTransport
    let access: HubAccess
    let hub: HubIdentity
    let environment: Environment
    let name: String

    /// Pages by the position of their first entry, gzip; and every head that came with them.
    private static let tables = [
        [
            "CREATE TABLE pages(first INTEGER PRIMARY KEY, answer BLOB NOT NULL)",
            "CREATE TABLE heads(size INTEGER PRIMARY KEY, head BLOB NOT NULL)",
        ]
    ]

    /// - Returns: the pages, and the newest head.
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`, `DiffFault` for an answer that
    ///   the hub did not sign.
    func run(from first: Int64 = 1) async throws -> (pages: StoreFile, head: SignedHead) {
        let pages = try StoreFile(temporaryFor: .hub, tables: Self.tables)
        let head = try await eachPage(from: first) { answer, from in
            try pages.write { store in
                try store.run(
                    "INSERT INTO pages VALUES(?, ?)", .integer(from),
                    .blob(Gzip.compress(answer.encoded, level: 1)))
                try store.run(
                    "INSERT OR REPLACE INTO heads VALUES(?, ?)",
                    .integer(answer.head.head.size), .blob(answer.head.encoded))
            }
        }
        return (pages, head)
    }

    /// Calls `take` for each page as it comes, with the position of its first entry.
    ///
    /// - Returns: the newest head.
    func eachPage(
        from first: Int64, _ take: (JournalAnswer, Int64) throws -> Void
    ) async throws -> SignedHead {
        var from = first
        while true {
            let answer = try await page(from)
            var count: Int64 = 0
            try checked { try answer.eachEntry { _ in count += 1 } }
            guard count > 0 || !answer.more else { throw contradiction("entries") }
            try take(answer, from)
            from += count
            if !answer.more { return answer.head }
        }
    }

    /// The newest head. Any device may ask.
    func newestHead() async throws -> SignedHead {
        let reader = try await HubReader(
            name: name, transport: transport, access: access, key: hub.key, space: hub.space,
            collections: nil, asking: .digest, environment: environment)
        _ = try await reader.atOneHead { try await $0.children(of: nil) }
        guard let head = await reader.facts().head else { throw contradiction("head") }
        return head
    }

    private func page(_ from: Int64) async throws -> JournalAnswer {
        let nonce = environment.randomID()
        let request = WireRequest(
            .get, "/v1/journal", query: [("from", String(from)), ("nonce", nonce.hex)],
            token: access.token)
        let body = try await transport.send(request).content()
        let answer = try checked { try JournalAnswer(encoded: body) }
        try checked {
            try answer.verify(
                from: from, nonce: nonce, device: access.device ?? answer.part.device, hub: hub)
        }
        return answer
    }

    private func checked<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let fault as AnswerFault {
            throw contradiction(fault.rawValue)
        } catch is JSONError {
            throw contradiction("form")
        } catch is MessageFault { throw contradiction("form") }
    }

    private func contradiction(_ detail: String) -> DiffFault {
        DiffFault(.contradiction, name: name, detail: detail)
    }

    /// The entries of one page as they were fetched.
    static func eachEntry(_ packed: [UInt8], _ body: (JournalEntry) throws -> Void) throws {
        let bytes = try Gzip.decompress(packed, limit: Limits.unpackedBytes)
        try JournalAnswer(encoded: bytes).eachEntry(body)
    }
}
