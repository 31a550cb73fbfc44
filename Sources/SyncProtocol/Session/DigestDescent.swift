// Finds where a device and its hub differ.
//
// Problem: two replicas of some hundred thousand records differ in a few, over a line that drops
// and with a hub that may lie.
// Idea: walk down the digest (64 nodes, 64 buckets each) at one signed head. Every answer is bound
// to that head: the top's children must hash to its digest, a node's children to the top's child,
// a bucket's records must add up to the node's child. So the hub cannot slip in a record that its
// own signed digest does not count, and an answer of another moment is never mixed in.
// Source: Protocol/README.md §7, §8.6.

public import SyncCore

/// One walk down the hub's digest, at the head that the device holds.
public struct DigestDescent: Sendable {
    /// What is to be done next.
    enum Step: Equatable {
        case node(Int?)
        case bucket(Int)
        case repair([BucketAnswer])
        /// So much differs that pulling everything anew is cheaper.
        case afresh
        case done
    }

    /// What an answer was worth.
    enum Finding {
        case taken
        /// It is of another head: begin again after a pull.
        case moved
        /// It does not fit the digest that the hub signed.
        case contradiction
    }

    /// With more buckets than this, everything is pulled anew first. A bucket costs a round trip
    /// of about a kilobyte and, on a phone line, a fifth of a second: 256 of them take a minute.
    /// 26,000 records pull in less (about 90 bytes each, 512 KiB a page), and of so many buckets
    /// that differ few are accidents of single records. What is left then (records that the hub
    /// does not have) is worth any number of requests.
    static let afreshLimit = 256
    /// Buckets and bytes of records held in memory before they are put in place.
    static let groupLimit = 256
    static let groupBytes = Limits.unpackedBytes

    public let head: SignedHead
    private let own: DigestSums
    private let isEqual: Bool
    private var hasTop = false
    private var nodes: [(index: Int, hash: Hash256)] = []
    private var buckets: [(index: Int, sum: Hash256)] = []
    private var answers: [BucketAnswer] = []
    private var answerBytes = 0

    /// - Parameters:
    ///   - head: the head that the device holds.
    ///   - own: the device's digest, counted from its records.
    public init(head: SignedHead, own: DigestSums) {
        self.head = head
        self.own = own
        isEqual = own.root == head.head.digest
    }

    mutating func next(mayPullAfresh: Bool) -> Step {
        if isEqual { return .done }
        guard hasTop else { return .node(nil) }
        if mayPullAfresh, buckets.count > Self.afreshLimit { return .afresh }
        if let node = nodes.first { return .node(node.index) }
        let isFull = answers.count >= Self.groupLimit || answerBytes >= Self.groupBytes
        if let bucket = buckets.first, !isFull { return .bucket(bucket.index) }
        guard !answers.isEmpty else { return .done }
        defer { (answers, answerBytes) = ([], 0) }
        return .repair(answers)
    }

    mutating func take(_ answer: DigestAnswer) -> Finding {
        guard answer.head == head else { return .moved }
        let hash = DigestTree.node(answer.children.flatMap(\.bytes))
        guard let node = answer.node else {
            guard hash == head.head.digest else { return .contradiction }
            hasTop = true
            for (index, child) in answer.children.enumerated() where own.node(index) != child {
                nodes.append((index, child))
            }
            return .taken
        }
        guard let asked = nodes.first, asked.index == node, hash == asked.hash else {
            return .contradiction
        }
        nodes.removeFirst()
        for (place, sum) in answer.children.enumerated() {
            let bucket = node * DigestTree.fanout + place
            if own.buckets[bucket] != sum { buckets.append((bucket, sum)) }
        }
        return .taken
    }

    mutating func take(_ answer: BucketAnswer) -> Finding {
        guard answer.head == head else { return .moved }
        guard let asked = buckets.first, asked.index == answer.bucket,
            answer.addsUp(to: asked.sum)
        else { return .contradiction }
        buckets.removeFirst()
        answers.append(answer)
        answerBytes += answer.records.count
        return .taken
    }
}
