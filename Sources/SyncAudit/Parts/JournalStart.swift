// A verification that does not begin at the first entry.
//
// Problem: a journal of years takes minutes; what was verified last month need not be read again.
// Idea: the tree at the size of a signed head that the auditor kept is rebuilt from the roots of
// its perfect subtrees (one for each bit of the size). They are taken from the hub, and believed
// for the root that they lead to. From there on every leaf is appended as in a whole verification.

import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// What a pass over a journal's later part begins with.
struct JournalStart {
    var tree = GrowingTree()
    var chains = ChainBook()
    var lastReceivedAt: Int64 = 0
    var lastHead: SignedHead?
    var epochs: [(epoch: EpochID, last: Int64)] = []
    /// Whether the state at the start is not known: signatures, chains and the tree are followed,
    /// the rules cannot be run.
    var isWithoutState = false

    var size: Int64 { tree.size }
}

/// Where the subtrees of a tree lie whose roots make up its root.
struct PeakPlaces {
    /// Level and place, the largest first. Source: RFC 6962 §2.1.
    let places: [(level: Int64, place: Int64)]

    init(size: Int64) {
        var places: [(level: Int64, place: Int64)] = []
        var start: Int64 = 0
        for level in stride(from: Int64(62), through: 0, by: -1) where size >> level & 1 == 1 {
            places.append((level, start >> level))
            start += 1 << level
        }
        self.places = places
    }
}

extension GrowingTree {
    /// The tree of a hub's file at an earlier size, as its stored subtrees have it; nil if one is
    /// missing.
    init?(_ store: StoreConnection, size: Int64) throws {
        var peaks: [Hash256] = []
        for (level, place) in PeakPlaces(size: size).places {
            var hash: Hash256?
            try store.each(
                "SELECT hash FROM merkle WHERE level = ? AND place = ?", .integer(level),
                .integer(place)
            ) { hash = Hash256(bytes: $0.bytes(0)) }
            guard let hash else { return nil }
            peaks.append(hash)
        }
        self.init(size: size, peaks: peaks)
    }

    /// The tree of a hub's log at an earlier size, from the tiles that it serves; nil if it does
    /// not serve them.
    ///
    /// Source: Protocol/README.md §15.
    init?(_ transport: any HubTransport, token: String, size: Int64) async throws {
        var peaks: [Hash256] = []
        for (level, place) in PeakPlaces(size: size).places {
            let (tileLevel, part) = (level / Int64(TilePath.height), level % Int64(TilePath.height))
            let first = place << part
            let index = first / TilePath.width
            let count = min(TilePath.width, size >> (level - part) - index * TilePath.width)
            let path = TilePath(level: Int(tileLevel), index: index, count: count)
            let answer = try await transport.send(WireRequest(.get, path.text, token: token))
            let bytes = try answer.content()
            let start = Int(first % TilePath.width)
            guard bytes.count == Int(count) * Hash256.byteCount, start + 1 << part <= count else {
                return nil
            }
            var hashes = (start..<start + 1 << part).compactMap { place in
                Hash256(bytes: bytes[place * Hash256.byteCount..<(place + 1) * Hash256.byteCount])
            }
            while hashes.count > 1 {
                hashes = stride(from: 0, to: hashes.count, by: 2).map {
                    MerkleHash.node(hashes[$0], hashes[$0 + 1])
                }
            }
            guard let peak = hashes.first else { return nil }
            peaks.append(peak)
        }
        self.init(size: size, peaks: peaks)
    }
}
