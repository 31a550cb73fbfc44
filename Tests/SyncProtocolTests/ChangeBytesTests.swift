import SyncCore
import SyncProtocol
import Testing

/// What is told from the bytes of a batch as they stand, without reading its fields.
@Suite struct ChangeBytesTests {
    private let key = SigningKey()
    private let id = ID128(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)

    private func stamp(_ milliseconds: Int64, _ device: UInt64 = 7) -> Stamp {
        Stamp(time: StampTime(milliseconds: milliseconds), device: ID128(high: device, low: 1))
    }

    private func batch(
        _ changes: [Change], adopts: SignedHead? = nil
    ) throws(BatchFault) -> SealedBatch {
        var header = BatchBuilder.Header(
            space: id, number: 1, previous: .zero, sealedAt: 1_700_000_000_000)
        header.adopts = adopts
        let bytes = Array(changes.map(\.canonicalBytes).joined(separator: [UInt8(ascii: ",")]))
        return try BatchBuilder.seal(changes: bytes, header: header, key: key)
    }

    private var changes: [Change] {
        let text = CanonicalValue(.text("“西门” \\ \"n\" \u{1}"))
        return [
            Change(
                RecordKey("stops", id), set: [.init("b", text), .init("a", .true)],
                stamp: stamp(1).time, was: ["a": stamp(0)]),
            Change(
                RecordKey("points", id), set: [], stamp: stamp(2).time,
                resolves: [id, ID128(high: 1, low: 2)]),
            Change(
                RecordKey("stops", id), set: [.init("_deleted", .true)], stamp: stamp(3).time,
                resolves: [id]),
        ]
    }

    @Test func content_ofTheBytes_isThatOfTheChange() throws {
        let batch = try batch(changes)
        #expect((0..<3).map { batch.content($0) } == changes.map(\.content))
        #expect(Set(changes.map(\.content)).count == 3)
    }

    @Test func state_madeByAChange_isThatOfARecordWithNothingElse() throws {
        let batch = try batch(changes)
        let state = RecordState(
            changes[0].key, set: changes[0].set,
            stamp: Stamp(time: changes[0].stamp, device: key.publicKey.deviceID))
        #expect(batch.state(madeBy: 0) == state.canonicalBytes)
    }

    /// The stamps of an adopting change are held against the fields that it sets, name by name.
    @Test(arguments: [["a", "b"], ["a"], ["a", "c"], ["b", "c"], ["a", "b", "c"]])
    func adoptingChange_whoseStampsNameOtherFields_isRefused(names: [String]) throws {
        let head = SignedHead(
            Head(
                digest: .zero, epoch: id, hub: key.publicKey.deviceID, root: .zero, size: 5,
                space: id, time: 1_700_000_000_000), key: key)
        let change = Change(
            RecordKey("stops", id), set: [.init("a", .true), .init("b", .true)],
            stamp: stamp(9).time,
            stamps: Dictionary(uniqueKeysWithValues: names.map { ($0, stamp(4)) }))
        if names == ["a", "b"] {
            #expect(try batch([change], adopts: head).count == 1)
        } else {
            #expect(throws: BatchFault.self) { _ = try batch([change], adopts: head) }
        }
    }
}
