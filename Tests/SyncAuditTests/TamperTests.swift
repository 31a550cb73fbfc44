import Gzip
import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncAudit
@testable import SyncHub

/// Someone who can write the hub's file, but has no key: each thing that they do is named.
@Suite struct TamperTests {
    @Test func tamper_byteOfBatchBlob_isDamaged() async throws {
        let world = try await VerifyWorld.lived()
        let position = try world.position(of: "a")
        try world.tamper { store in
            try store.run(
                "UPDATE journal SET batch = "
                    + "CAST(substr(batch, 1, 20) || x'00' || substr(batch, 22) AS BLOB) "
                    + "WHERE position = ?", .integer(position))
        }
        let report = try world.verify()
        #expect(report.lines == ["batch_damaged journal/\(position)"])
        #expect(
            report.notChecked.contains(.init(.records, .replayEnded, after: position - 1)))
        #expect(!report.checked.contains(.records))
    }

    @Test func tamper_byteOfBatchContent_isAltered() async throws {
        let world = try await VerifyWorld.lived()
        let position = try world.position(of: "a")
        let batch = try world.journal()[Int(position) - 1].batch
        let bytes = try #require(batch.bytes.replacing("a3", with: "b3"))
        try world.tamper { store in
            try store.run(
                "UPDATE journal SET batch = ?, hash = ? WHERE position = ?",
                .blob(Gzip.compress(bytes)), .blob(MessageKind.batch.hash(bytes).bytes),
                .integer(position))
        }
        let report = try world.verify()
        #expect(
            report.lines == [
                "batch_altered journal/\(position)", "row_differs journal/\(position)",
            ])
        #expect(
            report.fact(.batchAltered, .expected) == String(batch.hash.hex.prefix(12)))
    }

    @Test func tamper_batchAlteredAndLeafMadeToFit_namesLeafAndSignature() async throws {
        let world = try await VerifyWorld.lived()
        let position = try world.position(of: "a")
        let (batch, leaf) = try world.journal()[Int(position) - 1]
        let bytes = try #require(batch.bytes.replacing("a3", with: "b3"))
        let hash = MessageKind.batch.hash(bytes)
        try world.tamper { store in
            try store.run(
                "UPDATE journal SET batch = ?, hash = ?, leaf = replace(leaf, ?, ?) "
                    + "WHERE position = ?",
                .blob(Gzip.compress(bytes)), .blob(hash.bytes), .text(leaf.batch.hex),
                .text(hash.hex), .integer(position))
        }
        let found = try world.verify().lines
        #expect(found.contains("leaf_altered journal/\(position)"))
        #expect(found.contains("signature_invalid journal/\(position)"))
    }

    @Test func tamper_batchRemoved_isMissingAtItsPosition() async throws {
        let world = try await VerifyWorld.lived()
        let position = try world.position(of: "b")
        try world.tamper { store in
            try store.run("DELETE FROM journal WHERE position = ?", .integer(position))
        }
        let report = try world.verify()
        #expect(report.lines == ["batch_missing journal/\(position)"])
        #expect(!report.checked.contains(.verdicts))
    }

    @Test func tamper_lastBatchesRemovedButNotFromTree_areMissing() async throws {
        let world = try await VerifyWorld.lived()
        let size = Int64(try world.journal().count)
        try world.tamper { store in
            try store.run("DELETE FROM journal WHERE position > ?", .integer(size - 2))
        }
        #expect(
            try world.verify().lines
                == ["batch_missing journal/\(size - 1)-\(size)"])
    }

    @Test func tamper_twoRowsSwapped_bothAreNamed() async throws {
        let world = try await VerifyWorld.lived()
        let (a, b) = (try world.position(of: "a"), try world.position(of: "b"))
        try world.tamper { store in
            for (from, to) in [(a, -1), (b, a), (-1, b)] {
                try store.run(
                    "UPDATE journal SET position = ? WHERE position = ?", .integer(Int64(to)),
                    .integer(Int64(from)))
            }
        }
        let report = try world.verify()
        #expect(report.lines == ["batch_moved journal/\(a)", "batch_moved journal/\(b)"])
        #expect(report.fact(.batchMoved, .found) == "\(b)")
    }

    @Test func tamper_twoBatchesSwappedUnderTheirLeaves_bothAreNamed() async throws {
        let world = try await VerifyWorld.lived()
        let (a, b) = (try world.position(of: "a"), try world.position(of: "b"))
        let journal = try world.journal()
        try world.tamper { store in
            for (place, other) in [(a, b), (b, a)] {
                let batch = journal[Int(other) - 1].batch
                try store.run(
                    "UPDATE journal SET batch = ? WHERE position = ?",
                    .blob(Gzip.compress(batch.bytes)), .integer(place))
            }
        }
        #expect(
            try world.verify().lines == ["batch_moved journal/\(a)", "batch_moved journal/\(b)"])
    }

    @Test func tamper_batchOfForgedDevice_isUnknown() async throws {
        let world = try await VerifyWorld.lived()
        let size = Int64(try world.journal().count)
        let forger = SigningKey()
        let entry = try forged(by: forger, in: world, position: size + 1)
        try world.tamper { store in
            let peer = try RecordTable(store).peers.number(of: entry.batch.device)
            try JournalTable(store).insert(
                entry.batch, peer: peer, leaf: entry.leaf, head: entry.head)
            _ = try JournalTable(store).appendLeaf(entry.leaf.hash, at: Int(size))
        }
        let report = try world.verify()
        #expect(
            report.lines == [
                "head_forged journal/\(size + 1)", "device_unknown journal/\(size + 1)",
            ])
        #expect(
            report.fact(.deviceUnknown, .device)
                == String(forger.publicKey.deviceID.hex.prefix(12)))
    }

    private func forged(
        by key: SigningKey, in world: VerifyWorld, position: Int64
    ) throws -> (batch: SealedBatch, leaf: Leaf, head: SignedHead) {
        let facts = try world.store.facts()
        let change = Change(
            VerifyWorld.stop(99), set: [.init("note", CanonicalValue("forged"))],
            stamp: StampTime(milliseconds: world.clock.now))
        let batch = try BatchBuilder.seal(
            changes: change.canonicalBytes,
            header: .init(
                space: facts.space, number: 1, previous: .zero, sealedAt: world.clock.now),
            key: key)
        let leaf = Leaf(
            batch: batch.hash, device: batch.device, number: 1, signature: batch.signature,
            epoch: facts.epoch, position: position,
            verdict: Verdict(receivedAt: facts.lastReceivedAt))
        let head = Head(
            digest: .zero, epoch: facts.epoch, hub: facts.hubKey.deviceID, root: .zero,
            size: position, space: facts.space, time: facts.lastReceivedAt)
        return (batch, leaf, SignedHead(head, key: key))
    }

    @Test func tamper_receiptTimeMoved_namesLeafAndBothTimes() async throws {
        let world = try await VerifyWorld.lived()
        let position = try world.position(of: "c")
        let time = try world.journal()[Int(position) - 1].leaf.verdict.receivedAt
        try world.tamper { store in
            try store.run(
                "UPDATE journal SET leaf = replace(leaf, ?, ?) WHERE position = ?",
                .text("\"received_at\":\(time)"), .text("\"received_at\":\(time - 3_600_000)"),
                .integer(position))
        }
        let report = try world.verify()
        #expect(report.lines == ["leaf_altered journal/\(position)"])
        #expect(report.fact(.leafAltered, .fields) == "received_at")
        #expect(report.fact(.leafAltered, .expected) == "\(time)")
        #expect(report.fact(.leafAltered, .found) == "\(time - 3_600_000)")
    }

    @Test func tamper_receiptTimeMovedInTreeToo_isNamedAll() async throws {
        let world = try await VerifyWorld.lived()
        let position = try world.position(of: "c")
        let leaf = try world.journal()[Int(position) - 1].leaf
        let moved = String(decoding: leaf.bytes, as: UTF8.self).replacing(
            "\"received_at\":", with: "\"received_at\":1")
        try world.tamper { store in
            try store.run(
                "UPDATE journal SET leaf = ? WHERE position = ?", .text(moved),
                .integer(position))
            try store.run(
                "UPDATE merkle SET hash = ? WHERE level = 0 AND place = ?",
                .blob(MerkleHash.leaf(Array(moved.utf8)).bytes), .integer(position - 1))
        }
        let report = try world.verify()
        #expect(
            report.lines == [
                "leaf_altered journal/\(position)", "tree_altered journal/\(position)",
            ])
        #expect(report.fact(.leafAltered, .fields) == "received_at")
    }

    @Test func tamper_headOfOnePosition_isForged() async throws {
        let world = try await VerifyWorld.lived()
        try world.tamper { store in
            try store.run(
                "UPDATE journal SET head = replace(head, '\"time\":1', '\"time\":2') "
                    + "WHERE position = 3")
        }
        let report = try world.verify()
        #expect(report.lines == ["head_forged journal/3"])
        #expect(report.fact(.headForged, .reason) == "signature")
    }

    @Test func tamper_hubKeyReplaced_nothingPasses() async throws {
        let world = try await VerifyWorld.lived()
        let other = SigningKey().publicKey
        try world.closeHub()
        let file = try StoreFile(
            path: world.hubPath + "/hub.sqlite", purpose: .hub, tables: HubTables.versions)
        try file.write {
            try MetaTable($0).set(HubKey.publicKey, .blob(other.bytes))
        }
        try file.close()
        let report = try world.verify(against: ["a.sqlite"], hubKey: world.hubKey.publicKey)
        #expect(report.problems.first?.kind == .hubKeyDiffers)
        #expect(report.problems.contains { $0.kind == .headForged })
        #expect(report.omitted[.headForged] != nil)
        #expect(report.problems.contains { $0.place == .holder(world.folder.file("a.sqlite")) })
    }
}

extension [UInt8] {
    /// The bytes with the first occurrence of a text replaced by another of the same length.
    func replacing(_ text: String, with other: String) -> [UInt8]? {
        var copy = self
        guard let range = copy.firstRange(of: Array(text.utf8)) else { return nil }
        copy.replaceSubrange(range, with: other.utf8)
        return copy
    }
}
