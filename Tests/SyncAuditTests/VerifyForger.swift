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
        let store = try SQLiteHubStore(
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
    }

    private func append(_ batch: SealedBatch, _ time: Int64, _ store: StoreConnection) throws {
        let writer = try JournalWriter(store, key: world.hubKey, now: time)
        let device = try EnrolledDevice(batch.device, in: writer.records)
        let isHub = batch.device == world.hubKey.publicKey.deviceID
        _ = try writer.append(batch, role: isHub ? .hub : device?.ruledRole)
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
