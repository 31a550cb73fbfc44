import SyncCore
import SyncHub
import SyncProtocol
import TestSupport
import Testing

/// The log's files as other verifiers fetch them. Source: Protocol/README.md §15.
@Suite struct LogFileTests {
    /// A hub with a journal of more than a full tile.
    private func fixture(role: Role) throws -> HubFixture {
        let fixture = try HubFixture()
        #expect(try fixture.join(role: role).status == 200)
        var previous = Hash256.zero
        for number in 0..<260 as Range<Int64> {
            let batch = try fixture.batch(
                [HubFixture.change(UInt64(number + 1), stamp: HubFixture.now + number)],
                number: number + 1, previous: previous)
            let answer = fixture.service.answer(
                WireRequest(.post, "/v1/batches", token: fixture.token, body: batch.envelope))
            #expect(answer.status == 200)
            previous = batch.hash
        }
        return fixture
    }

    private func file(_ fixture: HubFixture, _ path: String) throws -> [UInt8] {
        try fixture.service.logFile(path, token: fixture.token).content
    }

    private func hashes(_ bytes: [UInt8]) -> [Hash256] {
        stride(from: 0, to: bytes.count, by: 32).compactMap { Hash256(bytes: bytes[$0..<$0 + 32]) }
    }

    @Test func tiles_leadToTheRootOfTheNote() throws {
        let fixture = try fixture(role: .auditor)
        let facts = try fixture.store.facts()
        let text = String(decoding: try file(fixture, "/checkpoint"), as: UTF8.self)
        let note = try #require(CheckpointNote(text, hub: facts.hubKey, space: facts.space))
        #expect(note.size == facts.position && note.size > 256)
        let rest = note.size - 256
        let leaves = hashes(
            try file(fixture, "/tile/0/000") + file(fixture, "/tile/0/001.p/\(rest)"))
        #expect(leaves.count == Int(note.size))
        let tree = MerkleTree<Never>(size: leaves.count) { level, place in
            func node(_ level: Int, _ place: Int) -> Hash256 {
                level == 0
                    ? leaves[place]
                    : MerkleHash.node(node(level - 1, 2 * place), node(level - 1, 2 * place + 1))
            }
            return node(level, place)
        }
        #expect(tree.root() == note.root)
        // Level 1: the hash of the first 256.
        #expect(hashes(try file(fixture, "/tile/1/000.p/1")).count == 1)
        var entries: [Hash256] = []
        for path in ["/tile/entries/000", "/tile/entries/001.p/\(rest)"] {
            var bytes = try file(fixture, path)[...]
            while bytes.count > 2 {
                let length = Int(bytes.removeFirst()) << 8 | Int(bytes.removeFirst())
                entries.append(MerkleHash.leaf(Array(bytes.prefix(length))))
                bytes = bytes.dropFirst(length)
            }
        }
        #expect(entries == leaves)
    }

    @Test func file_thatTheLogHasNot_isNotFound() throws {
        let fixture = try fixture(role: .auditor)
        for path in ["/tile/0/001", "/tile/0/002.p/1", "/tile/1/000", "/tile/2/000.p/1", "/tile/x"]
        {
            #expect(throws: WireError.self, "\(path)") { try file(fixture, path) }
        }
    }

    /// Heads and hashes are any device's; entries only an auditor's, as the journal is.
    @Test func entries_ofALead_areRefused() throws {
        let fixture = try HubFixture()
        #expect(try fixture.join(role: .lead).status == 200)
        let size = try fixture.store.facts().position
        #expect(throws: Never.self) { try file(fixture, "/checkpoint") }
        #expect(throws: Never.self) { try file(fixture, "/tile/0/000.p/\(size)") }
        #expect(throws: WireError.self) { try file(fixture, "/tile/entries/000.p/\(size)") }
        #expect(throws: WireError.self) {
            try fixture.service.logFile("/checkpoint", token: nil)
        }
    }
}
