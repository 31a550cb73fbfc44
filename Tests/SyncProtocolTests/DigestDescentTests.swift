import SyncCore
import Testing

@testable import SyncProtocol

/// The walk down the digest: every answer is bound to the head that the hub signed.
@Suite struct DigestDescentTests {
    private let key = SigningKey()
    private let device = ID128(high: 1, low: 1)
    private let nonce = ID128(high: 2, low: 2)

    private func state(_ low: UInt64, _ text: String) -> RecordState {
        RecordState(
            RecordKey("stops", ID128(high: 9, low: low)),
            set: [.init("f", CanonicalValue(Value.text(text)))],
            stamp: Stamp(time: StampTime(milliseconds: 1), device: device))
    }

    private func sums(_ states: [RecordState]) -> DigestSums {
        var sums = DigestSums()
        for state in states { sums.add(state.hash, for: state.key) }
        return sums
    }

    private func head(_ digest: Hash256, size: Int64 = 5) -> SignedHead {
        SignedHead(
            Head(
                digest: digest, epoch: nonce, hub: key.publicKey.deviceID, root: .zero,
                size: size, space: device, time: 1), key: key)
    }

    private func answer(_ sums: DigestSums, node: Int?, head: SignedHead) -> DigestAnswer {
        let fanout = DigestTree.fanout
        let children =
            node.map { Array(sums.buckets[$0 * fanout..<($0 + 1) * fanout]) }
            ?? (0..<fanout).map { sums.node($0) }
        return DigestAnswer(
            children: children, node: node, device: device, nonce: nonce, head: head, key: key)
    }

    private func bucket(_ number: Int, _ states: [RecordState], _ head: SignedHead) -> BucketAnswer
    {
        let records = states.map { #"{"position":1,"record":"# + text($0) + "}" }
        return BucketAnswer(
            bucket: number, records: Array("[\(records.joined(separator: ","))]".utf8),
            device: device, nonce: nonce, head: head, key: key)
    }

    private func text(_ state: RecordState) -> String {
        String(decoding: state.canonicalBytes, as: UTF8.self)
    }

    @Test func descent_oneRecordDiffers_asksForItsNodeAndBucketOnly() {
        let (own, theirs) = (state(1, "own"), state(1, "theirs"))
        let hub = sums([theirs, state(2, "same")])
        let head = head(hub.root)
        var descent = DigestDescent(head: head, own: sums([own, state(2, "same")]))
        let number = DigestTree.bucket(of: own.key)
        let node = number / DigestTree.fanout
        #expect(descent.next(mayPullAfresh: true) == .node(nil))
        #expect(descent.take(answer(hub, node: nil, head: head)) == .taken)
        #expect(descent.next(mayPullAfresh: true) == .node(node))
        #expect(descent.take(answer(hub, node: node, head: head)) == .taken)
        #expect(descent.next(mayPullAfresh: true) == .bucket(number))
        let found = bucket(number, [theirs], head)
        #expect(descent.take(found) == .taken)
        #expect(descent.next(mayPullAfresh: true) == .repair([found]))
        #expect(descent.next(mayPullAfresh: true) == .done)
    }

    @Test func descent_equalAfterTheRecount_asksForNothing() {
        let same = sums([state(1, "same")])
        var descent = DigestDescent(head: head(same.root), own: same)
        #expect(descent.next(mayPullAfresh: true) == .done)
    }

    @Test func answer_ofAnotherHead_meansThatItMoved() {
        let hub = sums([state(1, "theirs")])
        var descent = DigestDescent(head: head(hub.root), own: DigestSums())
        #expect(descent.next(mayPullAfresh: true) == .node(nil))
        let later = answer(hub, node: nil, head: head(hub.root, size: 6))
        #expect(descent.take(later) == .moved)
    }

    @Test func answer_thatDoesNotFitTheSignedDigest_isAContradiction() {
        let theirs = state(1, "theirs")
        let hub = sums([theirs])
        let lie = sums([state(1, "a lie")])
        let head = head(hub.root)
        let number = DigestTree.bucket(of: theirs.key)
        let node = number / DigestTree.fanout
        var descent = DigestDescent(head: head, own: DigestSums())
        #expect(descent.take(answer(lie, node: nil, head: head)) == .contradiction)
        #expect(descent.take(answer(hub, node: nil, head: head)) == .taken)
        #expect(descent.take(answer(lie, node: node, head: head)) == .contradiction)
        #expect(descent.take(answer(hub, node: node, head: head)) == .taken)
        for wrong in [[], [state(1, "a lie")], [theirs, theirs], [theirs, state(2, "more")]] {
            #expect(descent.take(bucket(number, wrong, head)) == .contradiction)
        }
        #expect(descent.take(bucket(number ^ 1, [theirs], head)) == .contradiction)
        #expect(descent.take(bucket(number, [theirs], head)) == .taken)
    }

    @Test func descent_moreBucketsThanTheLimit_pullsAfreshOnceAndThenInGroups() {
        let hub = sums((1...1_500).map { state($0, "theirs") })
        let head = head(hub.root)
        var descent = DigestDescent(head: head, own: DigestSums())
        var steps = 0
        while case .node(let node) = descent.next(mayPullAfresh: true) {
            #expect(descent.take(answer(hub, node: node, head: head)) == .taken)
            steps += 1
        }
        #expect(descent.next(mayPullAfresh: true) == .afresh)
        // Found out before every node was asked for.
        #expect(steps < DigestTree.fanout)
    }

    @Test func session_digestsStayDifferent_givesUpAfterThreeDescents() {
        let hub = sums([state(1, "theirs")])
        let moved = head(hub.root, size: 6)
        var session = SyncSession()
        #expect(session.handle(.began(unreceipted: [])) == .pull)
        var recounts = 0
        var directive = afterPull(&session)
        if directive == .sealNext { directive = session.handle(.sealed(nil)) }
        while directive == .recount {
            recounts += 1
            let descent = DigestDescent(head: head(hub.root), own: DigestSums())
            #expect(session.handle(.recounted(descent)) == .fetchNode(nil))
            #expect(session.handle(.node(answer(hub, node: nil, head: moved))) == .pull)
            directive = afterPull(&session)
        }
        #expect(directive == .finish && recounts == 3)
    }

    private func afterPull(_ session: inout SyncSession) -> SyncSession.Directive {
        let page = Page(
            backedUp: 0, consistency: [], cursor: "c", device: device, head: head(.zero),
            more: false, nextNumber: 1, nextPrevious: .zero, nonce: nonce, now: 1, records: .zero)
        let own = SyncSession.OwnChain(lastSealed: 0, lastReceipted: 0, hashBefore: .zero)
        let answer = SyncSession.Answer(page: page, own: own, held: nil)
        #expect(session.handle(.answered(answer)) == .commitPage)
        #expect(session.handle(.committed(isDifferent: true)) == .review)
        #expect(session.handle(.reviewed(SyncSession.Standing())) == .prove)
        return session.handle(.proved(more: false))
    }

    @Test func answers_readBackFromTheWire_verifyAndRefuseWhatWasNotAsked() throws {
        let hub = sums([state(1, "theirs")])
        let head = head(hub.root)
        let identity = HubIdentity(key: key.publicKey, space: device)
        let sent = answer(hub, node: 7, head: head)
        let read = try DigestAnswer(encoded: sent.encoded)
        #expect(read == sent)
        try read.verify(node: 7, nonce: nonce, device: device, hub: identity)
        #expect(throws: AnswerFault.subject) {
            try read.verify(node: nil, nonce: nonce, device: device, hub: identity)
        }
        #expect(throws: AnswerFault.nonce) {
            try read.verify(node: 7, nonce: device, device: device, hub: identity)
        }
        #expect(throws: AnswerFault.device) {
            try read.verify(node: 7, nonce: nonce, device: nonce, hub: identity)
        }
        let other = HubIdentity(key: SigningKey().publicKey, space: device)
        #expect(throws: AnswerFault.signature) {
            try read.verify(node: 7, nonce: nonce, device: device, hub: other)
        }
        let elsewhere = HubIdentity(key: key.publicKey, space: nonce)
        #expect(throws: AnswerFault.head) {
            try read.verify(node: 7, nonce: nonce, device: device, hub: elsewhere)
        }
    }
}
