import SyncCore
import TestSupport
import Testing

@testable import SyncProtocol

/// The log in the form of c2sp.org: notes and the paths of tiles. Source: Protocol/README.md §15.
@Suite struct NoteTests {
    private let key = SigningKey(seed: [UInt8](repeating: 7, count: 32))!
    private let head = Head(
        digest: .sha256([2]), epoch: EpochID(high: 3, low: 4), hub: DeviceID(high: 5, low: 6),
        root: .sha256([1]), size: 41, space: SpaceID(high: 1, low: 2), time: 1_767_225_600_000)

    @Test func note_isThreeLinesAndOneSignature() throws {
        let note = CheckpointNote(head).signed(by: key)
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6 && lines[3].isEmpty && lines[5].isEmpty)
        #expect(lines[0] == "fieldsync.log/00000000000000010000000000000002")
        #expect(lines[1] == "41")
        #expect(lines[4].hasPrefix("\u{2014} \(lines[0]) "))
        let read = try #require(CheckpointNote(note, hub: key.publicKey, space: head.space))
        #expect(read == CheckpointNote(head))
        #expect(
            CheckpointNote.verifierKey(read.origin, key.publicKey).split(separator: "+").count >= 3)
    }

    /// A witness's line beside the hub's is passed over; any change of what the hub signed is not.
    @Test func note_anyCharacterChanged_isRefused() throws {
        let note = CheckpointNote(head).signed(by: key)
        let witnessed = note + "\u{2014} witness.example AAAAAAAAAAAA\n"
        #expect(CheckpointNote(witnessed, hub: key.publicKey, space: head.space) != nil)
        let bytes = Array(note.utf8)
        for index in bytes.indices {
            var altered = bytes
            altered[index] ^= 1
            let text = String(decoding: altered, as: UTF8.self)
            #expect(
                CheckpointNote(text, hub: key.publicKey, space: head.space) == nil, "\(index)")
        }
        let other = SigningKey(seed: [UInt8](repeating: 8, count: 32))!
        #expect(CheckpointNote(note, hub: other.publicKey, space: head.space) == nil)
        #expect(CheckpointNote(note, hub: key.publicKey, space: SpaceID(high: 1, low: 3)) == nil)
    }

    @Test(arguments: [
        ("/tile/0/000", 0, 0, 256), ("/tile/0/005.p/7", 0, 5, 7),
        ("/tile/1/x001/234", 1, 1_234, 256),
        ("/tile/7/x012/x345/678.p/255", 7, 12_345_678, 255),
    ])
    func path_ofATile_isReadAndWrittenAlike(
        _ text: String, _ level: Int, _ index: Int64, _ count: Int64
    )
        throws
    {
        let path = try #require(TilePath(text))
        #expect(path.level == level && path.index == index && path.count == count)
        #expect(path.text == text)
    }

    @Test func path_ofEntries_hasNoLevel() throws {
        let path = try #require(TilePath("/tile/entries/x001/000.p/3"))
        #expect(path.level == nil && path.index == 1_000 && path.count == 3)
    }

    @Test(arguments: [
        "/tile/0", "/tile/0/", "/tile/0/0", "/tile/0/0000", "/tile/00/000", "/tile/8/000",
        "/tile/-1/000", "/tile/0/x000/000", "/tile/0/001/000", "/tile/0/x001", "/tile/0/000.p/0",
        "/tile/0/000.p/256", "/tile/0/000.p/01", "/tile/0/000.p/", "/tile/0/000.p",
        "/tile/data/000", "/tile/0/ 00", "/tile/0/000/", "/tile/0/x999/x999/x999/x999/x999/999",
        "/tile/0/+00", "/tile/0/\u{FF10}00",
    ])
    func path_thatIsNone_isRefused(_ text: String) {
        #expect(TilePath(text) == nil)
    }
}
