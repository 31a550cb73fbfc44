// Which rows of a file were not written by the programs.
//
// The programs keep, for each bucket of the digest, the sum of its records' hashes. Whoever edits
// a row by other means leaves the sum as it was. If putting the other side's version (or nothing)
// in place of one row makes the sum right, that row and no other was altered. Else every row of
// the bucket that differs may have been. Who also counts the digest anew is found by `verify`.

import SyncCore

enum AlteredRows {
    /// - Parameter isA: the side whose rows are judged.
    static func keys(of pairs: [RecordPair], _ loaded: LoadedRows, isA: Bool) -> Set<RowKey> {
        var altered = Set(pairs.filter { $0[isA]?.fault != nil }.map(\.key))
        var byBucket: [Int: [RecordPair]] = [:]
        for pair in pairs {
            guard let key = pair.key.recordKey else { continue }
            byBucket[DigestTree.bucket(of: key), default: []].append(pair)
        }
        for (bucket, members) in byBucket {
            if loaded.unreadable.contains(bucket) { altered.formUnion(members.map(\.key)) }
            guard let excess = loaded.excess[bucket] else { continue }
            if let one = members.first(where: { isExplained(excess, by: $0, isA) }) {
                altered.insert(one.key)
            } else if !members.contains(where: { altered.contains($0.key) }) {
                altered.formUnion(members.map(\.key))
            }
        }
        return altered
    }

    private static func isExplained(_ excess: Hash256, by pair: RecordPair, _ isA: Bool) -> Bool {
        guard pair.isReadable else { return false }
        var difference = pair[isA]?.state?.hash ?? .zero
        difference &-= pair[!isA]?.state?.hash ?? .zero
        return difference == excess
    }
}
