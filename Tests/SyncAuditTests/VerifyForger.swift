import Foundation
import SyncCore
import SyncProtocol
import SyncStore
import TestSupport

@testable import SyncHub

/// Someone who has the hub's key: builds the log anew from other batches, tree, heads and all.
struct VerifyForger {
    let world: VerifyWorld

    /// Puts a log of these batches, received when they were, in place of the hub's.
    func rewrite(_ entries: [(batch: SealedBatch, receivedAt: Int64)]) throws {
        try world.closeHub()
        let old = world.hubPath + "/hub.sqlite"
        let new = world.folder.file("forged.sqlite")
        let store = try SQLHubStore(
            path: new, key: world.hubKey, environment: world.clock.environment(seed: 3))
        let source = try StoreFile(path: old, purpose: .hub, tables: HubTables.versions)
        try source.read { from in
            try store.file.write { to in
                try copy(from, to)
                for entry in entries { try append(entry.batch, entry.receivedAt, to) }
            }
        }
        try source.close()
        try store.close()
        try world.folder.copyStore("forged.sqlite", to: "hub/hub.sqlite")
        try world.reopen()
    }

    private func copy(_ from: StoreConnection, _ to: StoreConnection) throws {
        for key in [HubKey.space, HubKey.epoch, HubKey.publicKey, HubKey.url] {
            let value = try MetaTable(from).blob(key)
            let isText = key == HubKey.url
            try MetaTable(to).set(
                key,
                value.map { isText ? .text(String(decoding: $0, as: UTF8.self)) : .blob($0) })
        }
        try from.each("SELECT hash, device FROM tokens") { row in
            try to.run(
                "INSERT INTO tokens(hash, device) VALUES(?, ?)", .blob(row.array(0)),
                .blob(row.array(1)))
        }
        try MetaTable(to).set(HubKey.accessSealed, nil)
        try AccessSeal.sealAll(to, world.hubKey)
    }

    private func append(_ batch: SealedBatch, _ time: Int64, _ store: StoreConnection) throws {
        let writer = try JournalWriter(store, key: world.hubKey, now: time)
        let device = try EnrolledDevice(batch.device, in: writer.records)
        let isHub = batch.device == world.hubKey.publicKey.deviceID
        _ = try writer.append(PushRequest(batch), role: isHub ? .hub : device?.ruledRole)
    }

    /// Replaces one leaf and signs the tree and all heads from there on anew; the records stay.
    func resign(_ changed: Leaf) throws {
        try world.tamper { store in
            let journal = JournalTable(store)
            let size = try journal.size()
            try store.run("DELETE FROM merkle")
            for position in 1...size {
                let old = try journal.head(position).head
                let leaf = try position == changed.position ? changed : leaf(position, store)
                let root = try journal.appendLeaf(leaf.hash, at: Int(position) - 1)
                let head = SignedHead(
                    Head(
                        digest: old.digest, epoch: old.epoch, hub: old.hub, root: root,
                        size: old.size, space: old.space, time: old.time), key: world.hubKey)
                try store.run(
                    "UPDATE journal SET leaf = ?, is_clean = ?, head = ?, head_id = ? "
                        + "WHERE position = ?",
                    .text(String(decoding: leaf.bytes, as: UTF8.self)),
                    .integer(leaf.verdict.isClean ? 1 : 0),
                    .text(String(decoding: head.encoded, as: UTF8.self)),
                    .blob(head.hash.prefixID.bytes), .integer(position))
            }
        }
    }

    private func leaf(_ position: Int64, _ store: StoreConnection) throws -> Leaf {
        var bytes: [UInt8] = []
        try store.each("SELECT leaf FROM journal WHERE position = ?", .integer(position)) {
            bytes = $0.array(0)
        }
        return try Leaf(JSONParser.parse(bytes))
    }

    /// The journal as it is, to be rewritten.
    func entries() throws -> [(batch: SealedBatch, receivedAt: Int64)] {
        try world.journal().map { ($0.batch, $0.leaf.verdict.receivedAt) }
    }

    /// The hub's own batches with a text replaced, each sealed anew in its chain.
    func resealed(
        _ entries: [(batch: SealedBatch, receivedAt: Int64)], _ text: String, with other: String
    ) throws -> [(batch: SealedBatch, receivedAt: Int64)] {
        var previous = Hash256.zero
        return try entries.map { entry in
            let batch = entry.batch
            guard batch.device == world.hubKey.publicKey.deviceID,
                let first = batch.changes.first, let last = batch.changes.last
            else { return entry }
            let content = Array(batch.bytes[first.whole.lowerBound..<last.whole.upperBound])
            let sealed = try BatchBuilder.seal(
                changes: content.replacing(text, with: other) ?? content,
                header: .init(
                    space: batch.space, number: batch.number, previous: previous,
                    sealedAt: batch.sealedAt), key: world.hubKey)
            previous = sealed.hash
            return (sealed, entry.receivedAt)
        }
    }
}
