import Foundation
import SyncAudit
import SyncProtocol
import SyncReplica
import SyncStore
import TestSupport
import Testing

@Suite struct AuditFileTests {
    private let folder = TestFolder()

    private func makeReplica() throws -> Replica {
        try Replica.create(path: folder.file("a.sqlite"), name: "a", environment: .system)
    }

    private func entries() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func open_closedReplica_readsInPlaceAndWritesNothing() throws {
        try makeReplica().close()
        let before = try entries()
        let file = try AuditFile(folder.file("a.sqlite"))
        #expect(!file.isHub)
        #expect(file.structureFaults.isEmpty)
        #expect(try file.isUnchanged())
        #expect(try entries() == before)
        #expect(!before.contains("a.sqlite-wal"))
    }

    @Test func open_replicaInUse_readsWhatWasCommittedThroughACopy() throws {
        let replica = try makeReplica()
        try replica.note(halt: .contended)
        let before = try entries()
        #expect(before.contains("a.sqlite-wal"))
        let file = try AuditFile(folder.file("a.sqlite"))
        #expect(file.structureFaults.isEmpty)
        #expect(try entries() == before)
        try replica.close()
    }

    /// https://www.sqlite.org/fileformat.html#rollback_journal_: a journal counts once it was synced,
    /// and its first byte is 0 until then.
    @Test func open_journalBeside_isRefusedOnlyIfItCounts() throws {
        try makeReplica().close()
        let journal = URL(filePath: folder.file("a.sqlite-journal"))
        try Data([0] + Array(repeating: 7, count: 600)).write(to: journal)
        #expect(try AuditFile(folder.file("a.sqlite")).structureFaults.isEmpty)
        try Data([0xD9] + Array(repeating: 7, count: 600)).write(to: journal)
        #expect(throws: StoreError.self) { try AuditFile(folder.file("a.sqlite")) }
    }

    @Test func open_textFile_saysItIsNotAReplica() throws {
        try Data("not a replica, but some text that is long enough".utf8).write(
            to: URL(filePath: folder.file("a.txt")))
        #expect(throws: StoreError.self) { try AuditFile(folder.file("a.txt")) }
    }
}
